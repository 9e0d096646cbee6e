import type { RunDetails } from '../../runs/runQueries.ts';

/** A node of a run; the memory of its process where the run's page asks for it. */
export type NodeRun = RunDetails['nodes'][number] & { peakMemory?: number | null };

/** A node on the time line; `left` and `width` are shares of the whole, 0 to 1, and missing while it has not begun. */
export type TimelineRow = {
  node: NodeRun;
  bar: { left: number; width: number } | null;
  seconds: number | null;
};

export type Timeline = {
  rows: TimelineRow[];
  /** Length of the whole in seconds, at least a millisecond. */
  seconds: number;
  /** Marks on the axis, in seconds from the start. */
  ticks: number[];
};

const MIN_SECONDS = 0.001;

/**
 * Puts the nodes of a run on one axis of time, in the order in which they began; those that have not, last. What was
 * interrupted ends with the run, if it is known when that ended.
 */
export function layoutTimeline(nodes: NodeRun[], now: number, runEnd?: string | null): Timeline {
  const lastSign = runEnd ? Date.parse(runEnd) : Number.NaN;
  const spans = nodes.map((node) => {
    const start = node.startedAt === null ? null : Date.parse(node.startedAt);
    if (start === null || Number.isNaN(start)) return { node, start: null, end: null };
    const end =
      node.endedAt !== null
        ? Date.parse(node.endedAt)
        : node.duration !== null
          ? start + node.duration * 1000
          : node.status === 'RUNNING'
            ? now
            : node.status === 'INTERRUPTED' && !Number.isNaN(lastSign)
              ? lastSign
              : start;
    return { node, start, end: Math.max(start, end) };
  });
  const starts = spans.flatMap(({ start }) => start ?? []);
  const ends = spans.flatMap(({ end }) => end ?? []);
  const origin = starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const last = ends.reduce((most, end) => Math.max(most, end), Number.NEGATIVE_INFINITY);
  const seconds = starts.length === 0 ? MIN_SECONDS : Math.max(MIN_SECONDS, (last - origin) / 1000);
  const rows = spans
    .toSorted(
      (one, other) =>
        (one.start ?? Number.POSITIVE_INFINITY) - (other.start ?? Number.POSITIVE_INFINITY) || 0,
    )
    .map(({ node, start, end }) => ({
      node,
      bar:
        start === null || end === null
          ? null
          : { left: (start - origin) / 1000 / seconds, width: (end - start) / 1000 / seconds },
      seconds:
        node.duration ?? (start === null || end === null || end === start ? null : (end - start) / 1000),
    }));
  return { rows, seconds, ticks: starts.length === 0 ? [] : chooseTicks(seconds) };
}

/** Three to six round marks from 0 on. */
function chooseTicks(seconds: number): number[] {
  const rough = seconds / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  return Array.from({ length: Math.floor(seconds / step + 1e-9) + 1 }, (_, index) => index * step);
}
