import { diffArrays } from 'diff';
import { type DiffLine, pairLines, runsOfLines } from './diffLine.ts';

/** Where in a line its changed words are: from, to. */
export type Range = readonly [from: number, to: number];

// Longer lines are data, not code; they would cost much and tell little.
const LONGEST_LINE = 1000;
const MOST_EDITS = 200;

/** Of two lines at least this share must be alike, else they are two lines and not one that was edited. */
const LEAST_ALIKE = 0.4;

/** The changed words of lines that were edited; nothing for lines that were changed as a whole. */
export function markWords(lines: readonly DiffLine[]): Map<DiffLine, Range[]> {
  const marks = new Map<DiffLine, Range[]>();
  for (const run of runsOfLines(lines)) {
    if (!run.changed) continue;
    for (const [removed, added] of pairLines(run.lines)) {
      if (removed === undefined || added === undefined) continue;
      const words = compareWords(removed.text, added.text);
      if (words === undefined) continue;
      marks.set(removed, words.before);
      marks.set(added, words.after);
    }
  }
  return marks;
}

function compareWords(before: string, after: string): { before: Range[]; after: Range[] } | undefined {
  if (Math.max(before.length, after.length) > LONGEST_LINE) return undefined;
  const changes = diffArrays(toWords(before), toWords(after), { maxEditLength: MOST_EDITS });
  if (changes === undefined) return undefined;
  const ranges: { before: Range[]; after: Range[] } = { before: [], after: [] };
  let [oldEnd, newEnd, alike] = [0, 0, 0];
  for (const { value, removed, added } of changes) {
    const words = value.join('');
    if (!added) oldEnd += words.length;
    if (!removed) newEnd += words.length;
    if (removed) ranges.before.push([oldEnd - words.length, oldEnd]);
    else if (added) ranges.after.push([newEnd - words.length, newEnd]);
    else alike += words.trim().length;
  }
  const size = Math.max(before.trim().length, after.trim().length);
  return alike < size * LEAST_ALIKE ? undefined : ranges;
}

/** Numbers with their decimals, names, runs of blanks, and any other sign by itself. */
function toWords(line: string): string[] {
  return line.match(/\d[\d_]*(?:\.\d+)?|[\p{L}_][\p{L}\p{N}\p{M}_]*|\s+|./gu) ?? [];
}
