import { parsePatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';
import { countChanges, type DiffLine, type LineCounts, type Stretch } from './diffLine.ts';

/** A file of a patch. */
export type PatchFile = {
  path: string;
  /** Its path before, where it was renamed or copied. */
  previousPath?: string;
  change: 'added' | 'removed' | 'renamed' | 'copied' | 'changed';
  binary: boolean;
  /** What changed beside its text, in words. */
  mode?: string;
  counts: LineCounts;
  stretches: Stretch[];
  /** Text that is no diff, as it stands: what follows where a patch was cut off, or a patch that cannot be read. */
  rest: string;
};

/** Longer patches are cut. */
const LONGEST_PATCH = 4_000_000;

/**
 * Reads what `git diff` prints. A patch that was cut off is read up to there.
 *
 * @returns its files, and whether it was too long to be read to its end
 */
export function readPatch(patch: string): { files: PatchFile[]; cut: boolean } {
  const cut = patch.length > LONGEST_PATCH;
  const text = cut ? patch.slice(0, patch.lastIndexOf('\n', LONGEST_PATCH) + 1) : patch;
  // Lines of a file's text begin with a blank, a plus or a minus, so these are only headers.
  const parts = text.split(/^(?=diff --git )/m).filter((part) => part.trim() !== '');
  return { files: parts.map(readFile), cut };
}

function readFile(text: string): PatchFile {
  const { whole, rest } = cutAtWholeHunks(text);
  let parsed: StructuredPatch | undefined;
  try {
    [parsed] = parsePatch(whole);
  } catch {
    // Shown as it stands, below.
  }
  const before = readName(parsed?.oldFileName, 'a/');
  const after = readName(parsed?.newFileName, 'b/');
  const path = after ?? before;
  if (parsed === undefined || path === undefined) {
    const [line = ''] = text.split('\n', 1);
    const unread = { binary: false, counts: { added: 0, removed: 0 }, stretches: [], rest: text };
    return { path: line.slice(0, 300), change: 'changed', ...unread };
  }
  const hunks = parsed.hunks.map(readHunk);
  const moved = before !== undefined && after !== undefined && before !== after;
  const headings = [...whole.matchAll(HUNK_HEADER)].map((match) => match[5]?.trim() ?? '');
  return {
    path,
    previousPath: moved ? before : undefined,
    change:
      parsed.isCreate || before === undefined
        ? 'added'
        : parsed.isDelete || after === undefined
          ? 'removed'
          : parsed.isCopy
            ? 'copied'
            : moved
              ? 'renamed'
              : 'changed',
    binary: parsed.isBinary === true,
    mode:
      parsed.oldMode && parsed.newMode && parsed.oldMode !== parsed.newMode
        ? `Mode ${parsed.oldMode} → ${parsed.newMode}`
        : undefined,
    counts: countChanges(hunks.flat()),
    stretches: hunks.flatMap((lines, index): Stretch[] => {
      const startsFile = lines[0]?.before === 1 || lines[0]?.after === 1;
      const gap = { kind: 'left out' as const, place: headings[index] ?? '' };
      return startsFile ? [{ kind: 'shown', lines }] : [gap, { kind: 'shown', lines }];
    }),
    rest,
  };
}

function readName(name: string | undefined, prefix: string): string | undefined {
  if (name === undefined || name === '/dev/null') return undefined;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

const HUNK_HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/gm;

/**
 * The parser refuses a patch whose last hunk is shorter than its header says. Where that is so, the header is made to
 * fit what is there.
 */
function cutAtWholeHunks(text: string): { whole: string; rest: string } {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  let at = 0;
  while (at < lines.length) {
    const [header] = [...(lines[at] ?? '').matchAll(HUNK_HEADER)];
    const start = at;
    at += 1;
    if (header === undefined) continue;
    const wanted = { before: Number(header[2] ?? 1), after: Number(header[4] ?? 1) };
    const seen = { before: 0, after: 0 };
    while (seen.before < wanted.before || seen.after < wanted.after) {
      const sign = lines[at]?.[0];
      if (sign !== ' ' && sign !== '+' && sign !== '-' && sign !== '\\') {
        const fitting = `@@ -${header[1]},${seen.before} +${header[3]},${seen.after} @@${header[5]}`;
        const kept = seen.before + seen.after === 0 ? [] : [fitting, ...lines.slice(start + 1, at)];
        const whole = `${[...lines.slice(0, start), ...kept].join('\n')}\n`;
        return { whole, rest: lines.slice(at).join('\n') };
      }
      if (sign === ' ' || sign === '-') seen.before += 1;
      if (sign === ' ' || sign === '+') seen.after += 1;
      at += 1;
    }
    if (lines[at]?.startsWith('\\')) at += 1;
    // After its last line a hunk may be followed by another one, or by words that are no diff.
    if (at < lines.length && !lines[at]?.startsWith('@@')) {
      return { whole: `${lines.slice(0, at).join('\n')}\n`, rest: lines.slice(at).join('\n') };
    }
  }
  return { whole: `${lines.join('\n')}\n`, rest: '' };
}

function readHunk({ oldStart, newStart, lines }: StructuredPatchHunk): DiffLine[] {
  const read: DiffLine[] = [];
  const next = { before: oldStart, after: newStart };
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/, '');
    if (line.startsWith('-')) read.push({ kind: 'removed', before: next.before++, text });
    else if (line.startsWith('+')) read.push({ kind: 'added', after: next.after++, text });
    else if (line.startsWith('\\')) {
      const last = read.at(-1);
      if (last !== undefined && last.kind !== 'same') last.unended = true;
    } else read.push({ kind: 'same', before: next.before++, after: next.after++, text });
  }
  return read;
}
