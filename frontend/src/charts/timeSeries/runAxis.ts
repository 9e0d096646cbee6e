import { formatNumber } from '../../formatting/numbers.ts';
import { formatExactTime } from '../../formatting/time.ts';
import { type AxisTick, type Range, stepTicks } from '../scales/axes.ts';
import { timeTicks } from '../scales/timeTicks.ts';

/** The horizontal axis of charts over runs: where each run of a table stands. */
export type RunAxis = {
  kind: 'time' | 'order' | 'number' | 'category';
  title: string;
  /** By row of the table; NaN for a run that stands nowhere. */
  places: Float64Array;
  /** The rows that stand somewhere, in the order of their places. */
  rows: Uint32Array;
  /** From the first place to the last, with a little room; undefined where no run stands anywhere. */
  full: Range | undefined;
  /** The shortest range that is worth zooming into. */
  shortest: number;
  /** Names of the places 0, 1, 2… of an axis of categories. */
  labels: readonly string[];
};

/** A column as runs can be lined up along it. */
export type AxisColumn =
  | { kind: 'number'; values: Float64Array }
  | { kind: 'category'; codes: Int32Array; labels: readonly string[] };

const HALF_A_DAY = 43_200_000;

/** Beyond that there are no dates. */
const LATEST_DATE = 8.64e15;

/** Runs by the time at which they started. */
export function timeAxis(startedAt: Float64Array): RunAxis {
  return makeAxis('time', 'Started', startedAt, HALF_A_DAY, 1000);
}

/** Runs one after the other, as they stand in the table: oldest first. */
export function orderAxis(runs: number): RunAxis {
  const places = Float64Array.from({ length: runs }, (_, row) => row + 1);
  return makeAxis('order', 'Run', places, 1, 2);
}

/** Runs by the value of a column. */
export function columnAxis(title: string, column: AxisColumn): RunAxis {
  if (column.kind === 'category') {
    const places = Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
    const axis = makeAxis('category', title, places, 0.5, 0.5, column.labels);
    const full: Range = [-0.5, Math.max(0, column.labels.length - 1) + 0.5];
    return { ...axis, full: axis.full && full };
  }
  const axis = makeAxis('number', title, column.values, 0.5, 0);
  return { ...axis, shortest: axis.full ? (axis.full[1] - axis.full[0]) / 1e5 : 0 };
}

function makeAxis(
  kind: RunAxis['kind'],
  title: string,
  places: Float64Array,
  around: number,
  shortest: number,
  labels: readonly string[] = [],
): RunAxis {
  const rows = rowsByPlace(places);
  const first = places[rows[0] ?? -1];
  const last = places[rows[rows.length - 1] ?? -1];
  const room = first === last ? around : ((last ?? 0) - (first ?? 0)) * 0.02;
  const full: Range | undefined =
    first === undefined || last === undefined ? undefined : [first - room, last + room];
  return { kind, title, places, rows, full, shortest, labels };
}

/** Rows with a place, by place; those of one place in the order of the table. */
function rowsByPlace(places: Float64Array): Uint32Array {
  const rows: number[] = [];
  let sorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row] ?? Number.NaN;
    if (!Number.isFinite(place)) continue;
    if (place < last) sorted = false;
    last = place;
    rows.push(row);
  }
  if (!sorted) rows.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);
  return Uint32Array.from(rows);
}

/** Whether one run follows the other along the axis, so that lines lead from each to the next. */
export function isSequence({ kind }: RunAxis): boolean {
  return kind === 'time' || kind === 'order';
}

/** Index in `rows` of the first run at `place` or after it. */
export function firstFrom({ places, rows }: RunAxis, place: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[rows[middle] ?? 0] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index in `rows` of the first run after `place`. */
export function firstAfter(axis: RunAxis, place: number): number {
  let index = firstFrom(axis, place);
  while (index < axis.rows.length && axis.places[axis.rows[index] ?? 0] === place) index += 1;
  return index;
}

/** The marks of the axis in a range, at most about `most`. */
export function axisTicks(axis: RunAxis, range: Range, most: number): AxisTick[] {
  switch (axis.kind) {
    case 'time':
      return timeTicks(range, most).map(({ time, label }) => ({ at: time, label }));
    case 'order':
      return stepTicks(range, most, true).filter(({ at }) => at >= 1);
    case 'number':
      return stepTicks(range, most, false);
    case 'category': {
      const first = Math.max(0, Math.ceil(range[0]));
      const last = Math.min(axis.labels.length - 1, Math.floor(range[1]));
      const step = Math.max(1, Math.ceil((last - first + 1) / most));
      return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => {
        const at = first + index * step;
        return { at, label: axis.labels[at] ?? '' };
      });
    }
  }
}

/** Where a run stands, in words. */
export function writePlace(axis: RunAxis, place: number): string {
  switch (axis.kind) {
    case 'time':
      return Math.abs(place) <= LATEST_DATE ? formatExactTime(new Date(place).toISOString()) : '';
    case 'order':
      return `run ${place}`;
    case 'number':
      return formatNumber(place);
    case 'category':
      return axis.labels[place] ?? '';
  }
}
