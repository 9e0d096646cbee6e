/** A line of a diff. `before` and `after` are its numbers in the two texts, from 1. */
export type DiffLine = {
  kind: 'same' | 'removed' | 'added';
  before?: number;
  after?: number;
  text: string;
  /** It is the last of its text and does not end with a line break, unlike its counterpart. */
  unended?: true;
};

/**
 * A part of a diff, as long as possible: lines to read; unchanged lines that stay hidden until one opens them; or
 * lines that a patch leaves out, with what it says of the place where it goes on.
 */
export type Stretch =
  | { kind: 'shown'; lines: DiffLine[] }
  | { kind: 'hidden'; lines: DiffLine[] }
  | { kind: 'left out'; place: string };

/** How many lines were added and removed. */
export type LineCounts = { added: number; removed: number };

/** Counts changed lines. */
export function countChanges(lines: Iterable<DiffLine>): LineCounts {
  const counts = { added: 0, removed: 0 };
  for (const { kind } of lines) if (kind !== 'same') counts[kind] += 1;
  return counts;
}

/** Cuts lines into runs of changed and unchanged ones. */
export function runsOfLines(lines: readonly DiffLine[]): { changed: boolean; lines: DiffLine[] }[] {
  const runs: { changed: boolean; lines: DiffLine[] }[] = [];
  for (const line of lines) {
    const changed = line.kind !== 'same';
    const last = runs.at(-1);
    if (last?.changed === changed) last.lines.push(line);
    else runs.push({ changed, lines: [line] });
  }
  return runs;
}

/**
 * Lays changed lines beside each other: the first removed beside the first added one, and so on. Lines without a
 * counterpart stand alone.
 */
export function pairLines(changed: readonly DiffLine[]): [DiffLine | undefined, DiffLine | undefined][] {
  const removed = changed.filter(({ kind }) => kind === 'removed');
  const added = changed.filter(({ kind }) => kind === 'added');
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, i) => [removed[i], added[i]]);
}
