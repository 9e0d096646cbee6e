import type { MetricTable } from '../metricTable.ts';

/** Milliseconds since the epoch, from and to. */
export type TimeRange = readonly [number, number];

/** A value on the time axis; `value` is null where the line is broken. `row` is the run's index in the table. */
export type TimePoint = { time: number; value: number | null; row: number };

/** A second: zooming in further than that shows nothing more. */
const SHORTEST_RANGE = 1000;

/** Rows of runs whose start is known, oldest first. */
export function rowsByTime({ startedAt }: MetricTable): Uint32Array {
  const rows: number[] = [];
  let sorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < startedAt.length; row += 1) {
    const time = startedAt[row] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    if (time < last) sorted = false;
    last = time;
    rows.push(row);
  }
  if (!sorted) rows.sort((a, b) => (startedAt[a] ?? 0) - (startedAt[b] ?? 0));
  return Uint32Array.from(rows);
}

/** From the first run to the last, with a little room at both ends; a day around it when there is one moment only. */
export function fullRange(table: MetricTable, rows: Uint32Array): TimeRange | undefined {
  const first = table.startedAt[rows[0] ?? -1];
  const last = table.startedAt[rows[rows.length - 1] ?? -1];
  if (first === undefined || last === undefined) return undefined;
  const room = last === first ? 43_200_000 : (last - first) * 0.02;
  return [first - room, last + room];
}

/** Index in `rows` of the first run at `time` or later. */
export function firstAtOrAfter(startedAt: Float64Array, rows: Uint32Array, time: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((startedAt[rows[middle] ?? 0] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pixels that one point of a trend stands for. */
const TREND_STEP = 6;

/**
 * The points of one metric that are seen in a range, and one beyond each end, so that lines run on to the edge.
 *
 * With more points than the eye can tell apart, each column of pixels keeps its first, lowest, highest and last value:
 * the picture is the same, and its cost does not grow with the number of runs. What such a thicket hides is its course:
 * that comes as the trend, the median of a few columns each.
 *
 * @param width of the drawing in pixels
 */
export function visiblePoints(
  table: MetricTable,
  rows: Uint32Array,
  values: Float64Array,
  range: TimeRange,
  width: number,
): { points: TimePoint[]; trend: TimePoint[] | undefined } {
  const { startedAt } = table;
  const from = Math.max(0, firstAtOrAfter(startedAt, rows, range[0]) - 1);
  const to = Math.min(rows.length, firstAtOrAfter(startedAt, rows, range[1]) + 1);
  const points: TimePoint[] = [];
  for (let i = from; i < to; i += 1) {
    const row = rows[i] ?? 0;
    const value = values[row] ?? Number.NaN;
    points.push({ time: startedAt[row] ?? 0, value: Number.isNaN(value) ? null : value, row });
  }
  if (points.length <= 4 * width) return { points, trend: undefined };
  return {
    points: byColumn(points, range, width).flatMap(extremes),
    trend: byColumn(points, range, width / TREND_STEP).map(median),
  };
}

/** The points of each column that has any, when a range is cut into `columns`. */
function byColumn(points: readonly TimePoint[], range: TimeRange, columns: number): TimePoint[][] {
  const scale = columns / (range[1] - range[0]);
  const cut: TimePoint[][] = [];
  let start = 0;
  while (start < points.length) {
    const column = Math.floor(((points[start]?.time ?? 0) - range[0]) * scale);
    let end = start + 1;
    while (end < points.length && Math.floor(((points[end]?.time ?? 0) - range[0]) * scale) === column)
      end += 1;
    cut.push(points.slice(start, end));
    start = end;
  }
  return cut;
}

function median(points: readonly TimePoint[]): TimePoint {
  const drawn = points.filter(({ value }) => value !== null);
  drawn.sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const middle = points[points.length >> 1] ?? { time: Number.NaN, row: -1 };
  return { time: middle.time, value: drawn[drawn.length >> 1]?.value ?? null, row: middle.row };
}

function extremes(points: readonly TimePoint[]): TimePoint[] {
  const drawn = points.filter(({ value }) => value !== null);
  const [first] = drawn;
  const last = drawn.at(-1);
  if (first === undefined || last === undefined) return points.slice(0, 1);
  let lowest = first;
  let highest = first;
  for (const point of drawn) {
    if ((point.value ?? 0) < (lowest.value ?? 0)) lowest = point;
    if ((point.value ?? 0) > (highest.value ?? 0)) highest = point;
  }
  const kept = new Set([first, lowest, highest, last]);
  return drawn.filter((point) => kept.has(point));
}

/** Points that no line reaches, because both neighbours are gaps. */
export function lonePoints(points: readonly TimePoint[]): TimePoint[] {
  return points.filter(
    ({ value }, i) =>
      value !== null && (points[i - 1]?.value ?? null) === null && (points[i + 1]?.value ?? null) === null,
  );
}

/** Lowest and highest of the points within a range; undefined where there is no value. */
export function valueExtent(points: readonly TimePoint[], range: TimeRange): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { time, value } of points) {
    if (value === null || time < range[0] || time > range[1]) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? undefined : [low, high];
}

/**
 * The run nearest to a place in the chart, among those that have a value there.
 *
 * @param at the pointer in pixels
 * @param place turns time and value into pixels
 * @returns the run's row, or undefined where nothing is within `reach` pixels along the time axis
 */
export function nearestRow(
  table: MetricTable,
  rows: Uint32Array,
  values: Float64Array,
  range: TimeRange,
  at: { x: number; y: number },
  place: (time: number, value: number) => { x: number; y: number },
  reach: number,
): number | undefined {
  const { startedAt } = table;
  const from = firstAtOrAfter(startedAt, rows, range[0]);
  const to = firstAtOrAfter(startedAt, rows, range[1] + 1);
  let best: number | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let i = from; i < to; i += 1) {
    const row = rows[i] ?? 0;
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const { x, y } = place(startedAt[row] ?? 0, value);
    if (Math.abs(x - at.x) > reach) continue;
    // Along the time axis counts most, so that the marker follows the pointer; height decides between close neighbours.
    const distance = Math.abs(x - at.x) + Math.abs(y - at.y) / 6;
    if (distance < bestDistance) {
      best = row;
      bestDistance = distance;
    }
  }
  return best;
}

/** A range scaled around a moment (factor < 1 zooms in), kept within the full one; undefined when it is the full one. */
export function zoomAround(
  range: TimeRange,
  full: TimeRange,
  moment: number,
  factor: number,
  shortest = SHORTEST_RANGE,
): TimeRange | undefined {
  const length = Math.max(shortest, (range[1] - range[0]) * factor);
  if (length >= full[1] - full[0]) return undefined;
  const share = (moment - range[0]) / (range[1] - range[0]);
  return keepWithin([moment - share * length, moment + (1 - share) * length], full);
}

/** A range between two moments in any order, or undefined where they are too close to mean a zoom. */
export function zoomBetween(
  a: number,
  b: number,
  full: TimeRange,
  shortest = SHORTEST_RANGE,
): TimeRange | undefined {
  const from = Math.max(full[0], Math.min(a, b));
  const to = Math.min(full[1], Math.max(a, b));
  return to - from >= shortest ? [from, to] : undefined;
}

function keepWithin([from, to]: TimeRange, full: TimeRange): TimeRange {
  const length = Math.min(to - from, full[1] - full[0]);
  const start = Math.min(Math.max(from, full[0]), full[1] - length);
  return [start, start + length];
}
