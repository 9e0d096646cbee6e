import type { Range } from '../scales/axes.ts';
import { firstAfter, firstFrom, isSequence, type RunAxis } from './runAxis.ts';

/** A value on the axis; `height` is null where the line is broken. `row` is the run's in the table. */
export type SeenPoint = { place: number; height: number | null; row: number };

/** What is seen of a metric in a range. */
export type SeenPoints = {
  points: SeenPoint[];
  /** The course of points that are too many to follow, or that stand above one another. */
  trend: SeenPoint[] | undefined;
};

/** Pixels that one point of a trend stands for. */
const TREND_STEP = 6;

/** Points nearer to each other than this, in pixels, cannot be told apart. */
const CELL = 2;

/** Beyond so many points there is one a cell. */
const MANY_POINTS = 3000;

/** Of more places than these, each with few runs, a line of medians would only be a zigzag. */
const MOST_PLACES = 100;

/**
 * The points of one metric that are seen in a range, and one beyond each end, so that lines run on to the edge.
 *
 * With more points than the eye can tell apart, each column of pixels keeps its first, lowest, highest and last value:
 * the picture is the same, and its cost does not grow with the number of runs. What such a thicket hides is its course:
 * that comes as the trend, the median of a few columns each. Where no run follows another, each point stands alone, and
 * the trend is the median of each place.
 *
 * @param width of the drawing in pixels
 * @param height of the drawing in pixels
 */
export function seenPoints(
  axis: RunAxis,
  heights: Float64Array,
  range: Range,
  width: number,
  height: number,
): SeenPoints {
  if (!isSequence(axis)) return standingPoints(axis, heights, range, width, height);
  const from = Math.max(0, firstFrom(axis, range[0]) - 1);
  const to = Math.min(axis.rows.length, firstAfter(axis, range[1]) + 1);
  if (to - from <= 4 * width) {
    return { points: pointsOf(axis, heights, from, to), trend: undefined };
  }
  return {
    points: inColumns(axis, from, to, range, width, (start, end) => extremes(axis, heights, start, end)),
    trend: inColumns(axis, from, to, range, width / TREND_STEP, (start, end) => [
      median(axis, heights, start, end),
    ]),
  };
}

function pointsOf(axis: RunAxis, heights: Float64Array, from: number, to: number): SeenPoint[] {
  const points: SeenPoint[] = [];
  for (let index = from; index < to; index += 1) points.push(pointAt(axis, heights, axis.rows[index] ?? 0));
  return points;
}

function pointAt({ places }: RunAxis, heights: Float64Array, row: number): SeenPoint {
  const height = heights[row] ?? Number.NaN;
  return { place: places[row] ?? Number.NaN, height: Number.isNaN(height) ? null : height, row };
}

/** What `pick` keeps of each column that has any run, when a range is cut into `columns`. */
function inColumns(
  { places, rows }: RunAxis,
  from: number,
  to: number,
  range: Range,
  columns: number,
  pick: (start: number, end: number) => SeenPoint[],
): SeenPoint[] {
  const scale = columns / (range[1] - range[0]);
  const columnOf = (index: number): number =>
    Math.floor(((places[rows[index] ?? 0] ?? 0) - range[0]) * scale);
  const kept: SeenPoint[] = [];
  let start = from;
  while (start < to) {
    const column = columnOf(start);
    let end = start + 1;
    while (end < to && columnOf(end) === column) end += 1;
    kept.push(...pick(start, end));
    start = end;
  }
  return kept;
}

/** The first, lowest, highest and last point of a column; a gap where it has none. */
function extremes(axis: RunAxis, heights: Float64Array, start: number, end: number): SeenPoint[] {
  let first = -1;
  let last = -1;
  let lowest = -1;
  let highest = -1;
  for (let index = start; index < end; index += 1) {
    const height = heights[axis.rows[index] ?? 0] ?? Number.NaN;
    if (Number.isNaN(height)) continue;
    if (first < 0) {
      first = index;
      lowest = index;
      highest = index;
    }
    if (height < (heights[axis.rows[lowest] ?? 0] ?? 0)) lowest = index;
    if (height > (heights[axis.rows[highest] ?? 0] ?? 0)) highest = index;
    last = index;
  }
  if (first < 0) return pointsOf(axis, heights, start, start + 1);
  return [...new Set([first, lowest, highest, last])]
    .sort((a, b) => a - b)
    .map((index) => pointAt(axis, heights, axis.rows[index] ?? 0));
}

function median(axis: RunAxis, heights: Float64Array, start: number, end: number): SeenPoint {
  const drawn = new Float64Array(end - start);
  let count = 0;
  for (let index = start; index < end; index += 1) {
    const height = heights[axis.rows[index] ?? 0] ?? Number.NaN;
    if (!Number.isNaN(height)) drawn[count++] = height;
  }
  const sorted = drawn.subarray(0, count).sort();
  const row = axis.rows[(start + end) >> 1] ?? axis.rows[start] ?? 0;
  return { place: axis.places[row] ?? Number.NaN, height: sorted[count >> 1] ?? null, row };
}

function standingPoints(
  axis: RunAxis,
  heights: Float64Array,
  range: Range,
  width: number,
  height: number,
): SeenPoints {
  const from = firstFrom(axis, range[0]);
  const to = firstAfter(axis, range[1]);
  const points = pointsOf(axis, heights, from, to).filter((point) => point.height !== null);
  return { points: onePerCell(points, range, width, height), trend: medians(axis, heights, from, to) };
}

/** One point of each cell of a fine grid: more could not be seen. The lowest and the highest are always among them. */
function onePerCell(points: SeenPoint[], range: Range, width: number, height: number): SeenPoint[] {
  if (points.length <= MANY_POINTS) return points;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    low = Math.min(low, point.height ?? low);
    high = Math.max(high, point.height ?? high);
  }
  const columns = width / CELL / (range[1] - range[0]);
  const lines = high > low ? height / CELL / (high - low) : 0;
  const taken = new Set<number>();
  return points.filter((point) => {
    const cell =
      Math.floor((point.place - range[0]) * columns) * 100_000 +
      Math.floor(((point.height ?? 0) - low) * lines);
    if (taken.has(cell) && point.height !== low && point.height !== high) return false;
    taken.add(cell);
    return true;
  });
}

/** The median at each place, where several runs stand at most of them. */
function medians(axis: RunAxis, heights: Float64Array, from: number, to: number): SeenPoint[] | undefined {
  const { places, rows } = axis;
  const found: SeenPoint[] = [];
  let start = from;
  while (start < to) {
    const place = places[rows[start] ?? 0];
    let end = start + 1;
    while (end < to && places[rows[end] ?? 0] === place) end += 1;
    const point = median(axis, heights, start, end);
    if (point.height !== null) found.push({ ...point, place: place ?? Number.NaN });
    if (found.length > MOST_PLACES) return undefined;
    start = end;
  }
  return found.length >= 2 && to - from >= 2 * found.length ? found : undefined;
}

/** Points that no line reaches, because both neighbours are gaps. */
export function lonePoints(points: readonly SeenPoint[]): SeenPoint[] {
  return points.filter(
    ({ height }, i) =>
      height !== null && (points[i - 1]?.height ?? null) === null && (points[i + 1]?.height ?? null) === null,
  );
}

/** Lowest and highest of the points within a range; undefined where there is no value. */
export function heightExtent(points: readonly SeenPoint[], range: Range): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { place, height } of points) {
    if (height === null || place < range[0] || place > range[1]) continue;
    if (height < low) low = height;
    if (height > high) high = height;
  }
  return low > high ? undefined : [low, high];
}
