import type { RunColumnData } from '../../data/runTable/runTable.ts';
import { kindOfColumn, parseRunColumn } from '../../runs/runColumns.ts';
import { titleOfName } from '../columns/titleOfName.ts';
import { type AxisTick, linearAxis, logAxis } from './axes.ts';
import { timeTicks } from './timeTicks.ts';

/** A column along an axis: where each run of the table stands, in the units of the drawing. */
export type ColumnScale = {
  name: string;
  title: string;
  kind: 'number' | 'time' | 'category';
  /** Whether the units of the drawing are powers of ten. */
  log: boolean;
  /** By row of the table; NaN for a run that stands nowhere. */
  places: Float64Array;
  low: number;
  high: number;
  ticks: AxisTick[];
  /** Of an axis of categories, which stand at 0, 1, 2… in the order of their number of runs. */
  labels: readonly string[];
  /** How many values are not above zero, where the axis is logarithmic. */
  hidden: number;
};

/** More categories are as one: nobody could tell them apart. */
const MOST_LABELS = 60;

/** A column along an axis with about `most` marks; undefined where no run has a value that can be placed. */
export function columnScale(column: RunColumnData, wantsLog: boolean, most: number): ColumnScale | undefined {
  const parsed = parseRunColumn(column.name);
  const title = titleOfName(column.name);
  if (column.kind === 'category') return categoryScale(column, title, most);
  const time = parsed !== undefined && kindOfColumn(parsed) === 'time';
  const log = wantsLog && !time;
  let hidden = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const places = Float64Array.from(column.values, (value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    if (log && value <= 0) {
      hidden += 1;
      return Number.NaN;
    }
    if (value < low) low = value;
    if (value > high) high = value;
    return log ? Math.log10(value) : value;
  });
  const shared = { name: column.name, title, log, places, labels: [], hidden };
  if (low > high) {
    return hidden > 0 ? { ...shared, kind: 'number', low: 0, high: 1, ticks: [] } : undefined;
  }
  if (time) {
    const room = (high - low) * 0.02 || 43_200_000;
    const range = [low - room, high + room] as const;
    const ticks = timeTicks(range, most).map(({ time: at, label }) => ({ at, label }));
    return { ...shared, kind: 'time', low: range[0], high: range[1], ticks };
  }
  return { ...shared, kind: 'number', ...(log ? logAxis(low, high, most) : linearAxis(low, high, most)) };
}

function categoryScale(
  { name, codes, labels }: Extract<RunColumnData, { kind: 'category' }>,
  title: string,
  most: number,
): ColumnScale | undefined {
  const runs = new Map<number, number>();
  for (const code of codes) if (code >= 0) runs.set(code, (runs.get(code) ?? 0) + 1);
  if (runs.size === 0) return undefined;
  const order = [...runs].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  const place = new Map(order.map(([code], index) => [code, Math.min(index, MOST_LABELS - 1)]));
  const shown = order
    .slice(0, MOST_LABELS)
    .map(([code], index) =>
      order.length > MOST_LABELS && index === MOST_LABELS - 1 ? 'other values' : (labels[code] ?? ''),
    );
  // Where there is no room for all names, every second or third stands there.
  const each = Math.max(1, Math.ceil(shown.length / Math.max(most, 12)));
  return {
    name,
    title,
    kind: 'category',
    log: false,
    places: Float64Array.from(codes, (code) => place.get(code) ?? Number.NaN),
    low: -0.5,
    high: shown.length - 0.5,
    ticks: shown.flatMap((label, at) => (at % each === 0 ? [{ at, label: label || 'empty text' }] : [])),
    labels: shown,
    hidden: 0,
  };
}

/** A value of the axis in its own units. */
export function valueAtPlace({ log }: ColumnScale, place: number): number {
  return log ? 10 ** place : place;
}
