import { linearAxis, logAxis, type Range, type ValueAxis } from '../charts/scales/axes.ts';
import type { CurvePoints } from './curve.ts';

/** What a curve is drawn along: the steps it was logged with, the time since the run began, or the clock. */
export type CurveAxis = 'step' | 'time' | 'clock';

/** A curve along an axis, in its order; NaN in `values` is a gap. `index` is the point's place in the curve. */
export type PlacedCurve = { at: Float64Array; values: Float64Array; index: Uint32Array };

/**
 * Puts the points of a curve on an axis; without times, on that of its steps. Points without a place are left out.
 *
 * @param runStart in milliseconds since the epoch; where it is not known (NaN), time begins with the first point
 */
export function placeCurve(points: CurvePoints, axis: CurveAxis, runStart: number): PlacedCurve {
  const at = placesOf(points, axis, runStart);
  const order: number[] = [];
  let sorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < at.length; index += 1) {
    const place = at[index] ?? Number.NaN;
    if (Number.isNaN(place)) continue;
    if (place < last) sorted = false;
    last = place;
    order.push(index);
  }
  if (!sorted) order.sort((one, other) => (at[one] ?? 0) - (at[other] ?? 0));
  const index = Uint32Array.from(order);
  return {
    at: Float64Array.from(index, (place) => at[place] ?? Number.NaN),
    values: Float64Array.from(index, (place) => points.values[place] ?? Number.NaN),
    index,
  };
}

function placesOf({ steps, times }: CurvePoints, axis: CurveAxis, runStart: number): Float64Array {
  if (axis === 'step' || times === undefined) return steps;
  return axis === 'clock' ? times : secondsSince(runStart, times);
}

function secondsSince(start: number, times: Float64Array): Float64Array {
  const zero = Number.isNaN(start) ? times.reduce((least, time) => Math.min(least, time), Infinity) : start;
  return times.map((time) => (time - zero) / 1000);
}

/** The same curve with other values, which are in the order of its points. */
export function withValues(curve: PlacedCurve, values: Float64Array): PlacedCurve {
  return { ...curve, values: Float64Array.from(curve.index, (place) => values[place] ?? Number.NaN) };
}

/** From the first point of any of the curves to the last; a little around it where there is one place only. */
export function fullRange(curves: readonly PlacedCurve[]): Range | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of curves) {
    first = Math.min(first, at[0] ?? first);
    last = Math.max(last, at.at(-1) ?? last);
  }
  if (first > last) return undefined;
  return first === last ? [first - 0.5, last + 0.5] : [first, last];
}

/** Index of the first point at `place` or after it. */
function firstFrom(at: Float64Array, place: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A point of a drawing: place and height; null is a gap. */
export type DrawnPoint = [at: number, height: number | null];

/** Curves ready to draw: their common axis of values, and how many of their points have no height on this scale. */
export type DrawnCurves = {
  lines: DrawnPoint[][];
  axis: ValueAxis | undefined;
  hidden: number;
};

const MOST_TICKS = 4;

/**
 * What is seen of curves in a range, and one point beyond each end, so that lines run on to the edge.
 *
 * With more points than the eye can tell apart, each column of pixels keeps its first, lowest, highest and last.
 *
 * @param width of the drawing in pixels
 * @param log heights are powers of ten; what is not above zero is a gap
 */
export function drawCurves(
  curves: readonly PlacedCurve[],
  range: Range,
  width: number,
  log: boolean,
): DrawnCurves {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let hidden = 0;
  const lines = curves.map((curve) => {
    const [from, to] = seenIndexes(curve.at, range);
    const points: DrawnPoint[] = [];
    for (let index = from; index < to; index += 1) {
      const at = curve.at[index] ?? Number.NaN;
      const value = curve.values[index] ?? Number.NaN;
      const seen = at >= range[0] && at <= range[1];
      const drawable = !Number.isNaN(value) && !(log && value <= 0);
      if (!drawable && !Number.isNaN(value) && seen) hidden += 1;
      if (drawable && seen) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      points.push([at, drawable ? toHeight(value, log) : null]);
    }
    return thinOut(points, range, width);
  });
  const toAxis = log ? logAxis : linearAxis;
  return { lines, axis: low > high ? undefined : toAxis(low, high, MOST_TICKS), hidden };
}

/** A value in the units of the drawing. */
export function toHeight(value: number, log: boolean): number {
  return log ? Math.log10(value) : value;
}

/** The points within a range, and one beyond each end: from the first index to before the last. */
function seenIndexes(at: Float64Array, range: Range): [number, number] {
  const from = Math.max(0, firstFrom(at, range[0]) - 1);
  let to = firstFrom(at, range[1]);
  while (to < at.length && at[to] === range[1]) to += 1;
  return [from, Math.min(at.length, to + 1)];
}

function thinOut(points: DrawnPoint[], range: Range, width: number): DrawnPoint[] {
  if (points.length <= 4 * width) return points;
  const scale = width / (range[1] - range[0]);
  const columnOf = (point: DrawnPoint | undefined): number =>
    point ? Math.floor((point[0] - range[0]) * scale) : Number.NaN;
  const kept: DrawnPoint[] = [];
  for (let start = 0; start < points.length; ) {
    const column = columnOf(points[start]);
    let end = start + 1;
    while (end < points.length && columnOf(points[end]) === column) end += 1;
    kept.push(...extremes(points.slice(start, end)));
    start = end;
  }
  return kept;
}

/** The first, lowest, highest and last point of a column; a gap where it has no height at all. */
function extremes(points: DrawnPoint[]): DrawnPoint[] {
  const drawn = points.filter(([, height]) => height !== null);
  const [first] = drawn;
  const last = drawn.at(-1);
  if (first === undefined || last === undefined) return points.slice(0, 1);
  let lowest = first;
  let highest = first;
  for (const point of drawn) {
    if ((point[1] ?? 0) < (lowest[1] ?? 0)) lowest = point;
    if ((point[1] ?? 0) > (highest[1] ?? 0)) highest = point;
  }
  const kept = new Set([first, lowest, highest, last]);
  return drawn.filter((point) => kept.has(point));
}

/** Points that no line reaches, because both neighbours are gaps. */
export function lonePoints(points: readonly DrawnPoint[]): DrawnPoint[] {
  return points.filter(
    ([, height], index) =>
      height !== null &&
      (points[index - 1]?.[1] ?? null) === null &&
      (points[index + 1]?.[1] ?? null) === null,
  );
}

/** Index of the point with a value that is nearest to a place; undefined where there is none within `reach`. */
export function nearestPoint(
  curve: Pick<PlacedCurve, 'at' | 'values'>,
  place: number,
  reach: number,
): number | undefined {
  const start = firstFrom(curve.at, place);
  const search = (index: number, step: 1 | -1): number | undefined => {
    for (let at = index; at >= 0 && at < curve.at.length; at += step) {
      if (Math.abs((curve.at[at] ?? 0) - place) > reach) return undefined;
      if (!Number.isNaN(curve.values[at] ?? Number.NaN)) return at;
    }
    return undefined;
  };
  const after = search(start, 1);
  const before = search(start - 1, -1);
  if (after === undefined || before === undefined) return after ?? before;
  return Math.abs((curve.at[after] ?? 0) - place) <= Math.abs((curve.at[before] ?? 0) - place)
    ? after
    : before;
}
