import type { Range } from '../scales/axes.ts';
import { firstAfter, firstFrom, type RunAxis } from './runAxis.ts';

/** Where a run stands in a chart, in pixels. */
export type Placing = {
  toX: (place: number) => number;
  toY: (height: number) => number;
  /** The place at a distance from the left. */
  atX: (x: number) => number;
};

/** A run under the pointer, and which of the chart's lines it was pointed at on. */
export type FoundRun = { row: number; line: number };

/**
 * The run nearest to a place in the chart, among those that have a value there.
 *
 * @param lines heights by row, one a line
 * @param at the pointer in pixels
 * @param reach undefined comes back where nothing is within so many pixels along the axis
 */
export function nearestRun(
  axis: RunAxis,
  lines: readonly Float64Array[],
  range: Range,
  at: { x: number; y: number },
  { toX, toY, atX }: Placing,
  reach: number,
): FoundRun | undefined {
  const { places, rows } = axis;
  const from = firstFrom(axis, Math.max(range[0], atX(at.x - reach)));
  const to = firstAfter(axis, Math.min(range[1], atX(at.x + reach)));
  let best: FoundRun | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let index = from; index < to; index += 1) {
    const row = rows[index] ?? 0;
    const x = toX(places[row] ?? Number.NaN);
    for (const [line, heights] of lines.entries()) {
      const height = heights[row] ?? Number.NaN;
      if (Number.isNaN(height)) continue;
      // Along the axis counts most, so that the marker follows the pointer; height decides between close neighbours.
      const distance = Math.abs(x - at.x) + Math.abs(toY(height) - at.y) / 6;
      if (distance < bestDistance) {
        best = { row, line };
        bestDistance = distance;
      }
    }
  }
  return best;
}

/**
 * The run that a key leads to: along the axis, among those that any line has a value for.
 *
 * @param from the run that one is at; undefined before the first step
 * @returns undefined for a key that leads nowhere
 */
export function nextRun(
  key: string,
  axis: RunAxis,
  lines: readonly Float64Array[],
  range: Range,
  from: number | undefined,
): FoundRun | undefined {
  const first = firstFrom(axis, range[0]);
  const last = firstAfter(axis, range[1]) - 1;
  const current = from === undefined ? -1 : axis.rows.indexOf(from);
  const inside = current >= first && current <= last;
  const starts: Record<string, [index: number, step: 1 | -1]> = {
    ArrowRight: [inside ? current + 1 : first, 1],
    ArrowLeft: [inside ? current - 1 : last, -1],
    Home: [first, 1],
    End: [last, -1],
  };
  const start = starts[key];
  if (start === undefined) return undefined;
  const [begin, step] = start;
  for (let index = begin; index >= first && index <= last; index += step) {
    const row = axis.rows[index] ?? 0;
    const line = lines.findIndex((heights) => !Number.isNaN(heights[row] ?? Number.NaN));
    if (line >= 0) return { row, line };
  }
  return undefined;
}
