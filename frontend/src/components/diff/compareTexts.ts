import { diffLines } from 'diff';
import type { DiffLine, Stretch } from './diffLine.ts';
import { runsOfLines } from './diffLine.ts';

/** More changed lines than this are not lined up: that would keep the page from answering for seconds. */
const MOST_EDITS = 3000;

/** Unchanged lines that are shown around each change. */
const CONTEXT = 3;

/** Fewer unchanged lines than this are not worth hiding. */
const LEAST_HIDDEN = 4;

export type TextComparison = {
  lines: DiffLine[];
  /** Too much differs to line the texts up: all of the one stands before all of the other. */
  unaligned: boolean;
  /** Whether one text ends its lines with CR LF and the other does not. Else that would make every line differ. */
  lineEndingsDiffer: boolean;
};

/** Compares two texts line by line. */
export function compareTexts(before: string, after: string): TextComparison {
  const lineEndingsDiffer = before.includes('\r\n') !== after.includes('\r\n');
  const [old, fresh] = [before.replaceAll('\r\n', '\n'), after.replaceAll('\r\n', '\n')];
  const changes = diffLines(old, fresh, { maxEditLength: MOST_EDITS });
  const parts = changes ?? [
    { value: old, removed: true, added: false },
    { value: fresh, removed: false, added: true },
  ];
  const lines: DiffLine[] = [];
  const next = { before: 1, after: 1 };
  for (const { value, removed, added } of parts) {
    for (const text of splitLines(value)) {
      const unended = text.endsWith('\n') ? {} : { unended: true as const };
      const line = { text: text.replace(/\n$/, ''), ...(removed || added ? unended : {}) };
      if (removed) lines.push({ kind: 'removed', before: next.before++, ...line });
      else if (added) lines.push({ kind: 'added', after: next.after++, ...line });
      else lines.push({ kind: 'same', before: next.before++, after: next.after++, ...line });
    }
  }
  return { lines, unaligned: changes === undefined, lineEndingsDiffer };
}

/** The lines of a text, each with its line break. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Hides unchanged lines that are far from any change. */
export function collapse(lines: readonly DiffLine[]): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (kind: 'shown' | 'hidden', more: DiffLine[]) => {
    const last = stretches.at(-1);
    if (more.length === 0) return;
    if (last?.kind === kind) last.lines.push(...more);
    else stretches.push({ kind, lines: [...more] });
  };
  const runs = runsOfLines(lines);
  runs.forEach(({ changed, lines: run }, index) => {
    if (changed) {
      add('shown', run);
      return;
    }
    const head = index === 0 ? 0 : CONTEXT;
    const tail = index === runs.length - 1 ? 0 : CONTEXT;
    if (run.length < head + tail + LEAST_HIDDEN) {
      add('shown', run);
      return;
    }
    add('shown', run.slice(0, head));
    add('hidden', run.slice(head, run.length - tail));
    add('shown', run.slice(run.length - tail));
  });
  return stretches;
}
