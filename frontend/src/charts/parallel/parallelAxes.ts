import type { RunColumnData, RunTable } from '../../data/runTable/runTable.ts';
import { formatExactTime } from '../../formatting/time.ts';
import {
  describeColumn,
  kindOfColumn,
  parseRunColumn,
  splitColumnName,
  titleOfColumn,
} from '../../runs/runColumns.ts';
import { linearAxis, logAxis } from '../scales/axes.ts';
import { timeTicks } from '../scales/timeTicks.ts';

/** A mark on an axis: how far up it stands, 0 to 1. */
export type ShareTick = { share: number; label: string };

type AxisBase = {
  /** The column's name. */
  name: string;
  /** What stands above the axis, and the dataset above that; empty where there is none. */
  label: string;
  group: string;
  /** The whole name in words. */
  title: string;
  /** Whether the greatest value is at the bottom. */
  flipped: boolean;
  /** Where the axis stands, in pixels from the left of the drawing. */
  x: number;
  /** How far from the least to the greatest each run's value lies, 0 to 1; NaN where a run has none. */
  shares: Float32Array;
  ticks: ShareTick[];
};

/** An axis of numbers; `low` and `high` are its ends, as powers of ten where it is logarithmic. */
export type NumberAxis = AxisBase & {
  kind: 'number';
  values: Float64Array;
  low: number;
  high: number;
  log: boolean;
  /** Whether the numbers are milliseconds since 1970. */
  time: boolean;
};

/** An axis of categories: each label has an equal part of it. */
export type CategoryAxis = AxisBase & {
  kind: 'category';
  /** In the order of the axis. */
  labels: string[];
  /** The place of each run's value in `labels`; -1 where it has none. */
  codes: Int32Array;
};

/** One vertical axis: a column of runs. */
export type ParallelAxis = NumberAxis | CategoryAxis;

/** Axes nearer than this, in pixels, leave no room for their names: the drawing scrolls sideways instead. */
export const NARROWEST_GAP = 108;

/** Free space beside the first and last axis, in pixels: half a name's width, so that none is cut off. */
export const SIDE = 60;

/** Room that a mark on an axis takes, in pixels. */
const TICK_HEIGHT = 44;
const LABEL_HEIGHT = 15;

/** The width that the axes need, at least as wide as the space there is. */
export function drawingWidth(axes: number, available: number): number {
  return Math.max(available, 2 * SIDE + Math.max(0, axes - 1) * NARROWEST_GAP);
}

/**
 * The axes of some columns, evenly placed. Columns without any value that can be drawn have none.
 *
 * @param names of columns, in their order; a minus before a name turns its axis over
 * @param log whether numbers are drawn as powers of ten, where all are above zero
 */
export function layOutAxes(
  table: RunTable,
  names: readonly string[],
  { width, height, log }: { width: number; height: number; log: boolean },
): ParallelAxis[] {
  const axes = names.flatMap((text): ParallelAxis[] => {
    const flipped = text.startsWith('-');
    const name = flipped ? text.slice(1) : text;
    const column = table.columns.get(name);
    const axis = column && makeAxis(column, name, flipped, height, log);
    return axis ? [axis] : [];
  });
  const gap = axes.length > 1 ? (width - 2 * SIDE) / (axes.length - 1) : 0;
  return axes.map((axis, i) => ({ ...axis, x: axes.length > 1 ? SIDE + i * gap : width / 2 }));
}

function makeAxis(
  column: RunColumnData,
  name: string,
  flipped: boolean,
  height: number,
  log: boolean,
): ParallelAxis | undefined {
  const base = { name, flipped, x: 0, ...namesOf(name) };
  return column.kind === 'category'
    ? categoryAxis(column, base, height)
    : numberAxis(column, base, height, log);
}

type Named = Omit<AxisBase, 'shares' | 'ticks'>;

function namesOf(name: string): { label: string; group: string; title: string } {
  const column = parseRunColumn(name);
  if (column === undefined) return { label: name, group: '', title: name };
  const group = column.source === 'run' ? '' : splitColumnName(column.name).dataset;
  return { label: titleOfColumn(column), group, title: describeColumn(column) };
}

function categoryAxis(
  column: Extract<RunColumnData, { kind: 'category' }>,
  base: Named,
  height: number,
): CategoryAxis | undefined {
  const used = new Set(column.codes);
  used.delete(-1);
  if (used.size === 0) return undefined;
  const order = [...used].sort((a, b) => compareLabels(column.labels[a] ?? '', column.labels[b] ?? ''));
  const places = new Map(order.map((code, place) => [code, place]));
  const labels = order.map((code) => column.labels[code] ?? '');
  const codes = column.codes.map((code) => places.get(code) ?? -1);
  const step = Math.max(1, Math.ceil(labels.length / Math.max(1, Math.floor(height / LABEL_HEIGHT))));
  return {
    ...base,
    kind: 'category',
    labels,
    codes,
    shares: Float32Array.from(codes, (code) => (code < 0 ? Number.NaN : (code + 0.5) / labels.length)),
    ticks: labels.flatMap((label, i) =>
      i % step === 0 ? [{ share: (i + 0.5) / labels.length, label }] : [],
    ),
  };
}

const collator = new Intl.Collator('en', { numeric: true });

function compareLabels(a: string, b: string): number {
  return collator.compare(a, b);
}

function numberAxis(
  column: Extract<RunColumnData, { kind: 'number' }>,
  base: Named,
  height: number,
  log: boolean,
): NumberAxis | undefined {
  const { values, min, max } = column;
  if (Number.isNaN(min)) return undefined;
  const named = parseRunColumn(base.name);
  const time = named !== undefined && kindOfColumn(named) === 'time';
  const powers = log && !time && min > 0;
  const most = Math.max(2, Math.floor(height / TICK_HEIGHT));
  const scale = time
    ? timeScale(min, max, most)
    : powers
      ? logAxis(min, max, most)
      : linearAxis(min, max, most);
  const { low, high } = scale;
  const shareOf = (value: number): number => {
    if (!Number.isFinite(value)) return Number.NaN;
    return ((powers ? Math.log10(value) : value) - low) / (high - low);
  };
  return {
    ...base,
    kind: 'number',
    values,
    low,
    high,
    log: powers,
    time,
    shares: Float32Array.from(values, shareOf),
    ticks: scale.ticks.map(({ at, label }) => ({ share: (at - low) / (high - low), label })),
  };
}

function timeScale(min: number, max: number, most: number) {
  const room = min === max ? 43_200_000 : 0;
  const [low, high] = [min - room, max + room];
  return { low, high, ticks: timeTicks([low, high], most).map(({ time, label }) => ({ at: time, label })) };
}

/** Where a share of an axis stands, in pixels from its top. */
export function yOf({ flipped }: Pick<ParallelAxis, 'flipped'>, share: number, height: number): number {
  return (flipped ? share : 1 - share) * height;
}

/** The share at a place of an axis, in pixels from its top; within the axis. */
export function shareAt({ flipped }: Pick<ParallelAxis, 'flipped'>, y: number, height: number): number {
  const up = Math.min(1, Math.max(0, 1 - y / height));
  return flipped ? 1 - up : up;
}

/** The value at a share of an axis of numbers. */
export function valueAt({ low, high, log }: NumberAxis, share: number): number {
  const at = low + share * (high - low);
  return log ? 10 ** at : at;
}

/** How far up a value of an axis of numbers stands; beyond the ends, at the end. */
export function shareOfValue({ low, high, log }: NumberAxis, value: number): number {
  const at = log ? Math.log10(Math.max(value, Number.MIN_VALUE)) : value;
  return Math.min(1, Math.max(0, (at - low) / (high - low)));
}

/** The value of a run on an axis, in words; undefined where it has none. */
export function writeValue(
  axis: ParallelAxis,
  row: number,
  write: (value: number) => string,
): string | undefined {
  if (axis.kind === 'category') return axis.labels[axis.codes[row] ?? -1];
  const value = axis.values[row] ?? Number.NaN;
  if (Number.isNaN(value)) return undefined;
  return axis.time ? formatExactTime(new Date(value).toISOString()) : write(value);
}

/**
 * The run whose line is nearest to a place.
 *
 * @param pass runs that are filtered out (0) are not found
 * @param reach in pixels; undefined comes back when no line is that near
 */
export function nearestLine(
  axes: readonly ParallelAxis[],
  pass: Uint8Array,
  at: { x: number; y: number },
  height: number,
  reach: number,
): number | undefined {
  const after = axes.findIndex(({ x }) => x >= at.x);
  const right = axes[after === -1 ? axes.length - 1 : after];
  const left = after > 0 ? axes[after - 1] : right;
  if (left === undefined || right === undefined) return undefined;
  const along = right.x === left.x ? 0 : (at.x - left.x) / (right.x - left.x);
  let best: number | undefined;
  let bestDistance = reach;
  for (let row = 0; row < pass.length; row += 1) {
    if (pass[row] === 0) continue;
    const from = yOf(left, left.shares[row] ?? Number.NaN, height);
    const to = yOf(right, right.shares[row] ?? Number.NaN, height);
    let distance = Number.NaN;
    if (!Number.isNaN(from) && !Number.isNaN(to)) distance = Math.abs(from + along * (to - from) - at.y);
    // Beside a gap there is only the end of the line on the axis.
    else if (!Number.isNaN(from)) distance = Math.hypot(at.x - left.x, at.y - from);
    else if (!Number.isNaN(to)) distance = Math.hypot(right.x - at.x, at.y - to);
    if (distance <= bestDistance) {
      best = row;
      bestDistance = distance;
    }
  }
  return best;
}
