import { isWhole, type MetricTable } from '../metricTable.ts';
import { niceScale, type Scale } from '../scales/ticks.ts';

/** One vertical axis: a metric, its scale and where it stands. `x` in pixels from the left of the drawing. */
export type ParallelAxis = {
  metric: string;
  dataset: string;
  key: string;
  values: Float64Array;
  scale: Scale;
  x: number;
};

/** A part of an axis that was brushed: runs outside are filtered out. Lowest and highest value. */
export type Brush = readonly [number, number];

/** Brushes by metric. */
export type Brushes = ReadonlyMap<string, Brush>;

/** Axes nearer than this, in pixels, leave no room for their names: the drawing scrolls sideways instead. */
export const NARROWEST_GAP = 108;

/** Free space beside the first and last axis, in pixels: half a name's width, so that none is cut off. */
export const SIDE = 60;

/** The width that the axes need, at least as wide as the space there is. */
export function drawingWidth(axes: number, available: number): number {
  return Math.max(available, 2 * SIDE + Math.max(0, axes - 1) * NARROWEST_GAP);
}

/** Places one axis a metric, evenly. Metrics without any value that can be drawn have none. */
export function layOutAxes({ series }: MetricTable, width: number): ParallelAxis[] {
  const drawable = series.flatMap((one) => {
    const { id, dataset, key, values } = one;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return low > high
      ? []
      : [{ metric: id, dataset, key, values, scale: niceScale(low, high, 5, isWhole(one)) }];
  });
  const gap = drawable.length > 1 ? (width - 2 * SIDE) / (drawable.length - 1) : 0;
  return drawable.map((axis, i) => ({ ...axis, x: drawable.length > 1 ? SIDE + i * gap : width / 2 }));
}

/** Where a value stands on its axis, in pixels from the top of the axis; NaN for a gap. */
export function placeOnAxis({ scale }: ParallelAxis, value: number, height: number): number {
  return (1 - (value - scale.low) / (scale.high - scale.low)) * height;
}

/** The value at a place on an axis. */
export function valueOnAxis({ scale }: ParallelAxis, y: number, height: number): number {
  const share = Math.min(1, Math.max(0, 1 - y / height));
  return scale.low + share * (scale.high - scale.low);
}

/** 1 for each run that passes every brush. A run without a value on a brushed axis does not. */
export function passing(axes: readonly ParallelAxis[], brushes: Brushes, runs: number): Uint8Array {
  const pass = new Uint8Array(runs).fill(1);
  for (const { metric, values } of axes) {
    const brush = brushes.get(metric);
    if (brush === undefined) continue;
    for (let row = 0; row < runs; row += 1) {
      const value = values[row] ?? Number.NaN;
      if (!(value >= brush[0] && value <= brush[1])) pass[row] = 0;
    }
  }
  return pass;
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
  const share = right.x === left.x ? 0 : (at.x - left.x) / (right.x - left.x);
  let best: number | undefined;
  let bestDistance = reach;
  for (let row = 0; row < pass.length; row += 1) {
    if (pass[row] === 0) continue;
    const from = placeOnAxis(left, left.values[row] ?? Number.NaN, height);
    const to = placeOnAxis(right, right.values[row] ?? Number.NaN, height);
    let distance = Number.NaN;
    if (!Number.isNaN(from) && !Number.isNaN(to)) distance = Math.abs(from + share * (to - from) - at.y);
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

/** The pieces of a run's line: gaps break it, and a value between two gaps is a piece of one point. */
export function linePieces(
  axes: readonly ParallelAxis[],
  row: number,
  height: number,
): { x: number; y: number }[][] {
  const pieces: { x: number; y: number }[][] = [];
  let piece: { x: number; y: number }[] = [];
  for (const axis of axes) {
    const y = placeOnAxis(axis, axis.values[row] ?? Number.NaN, height);
    if (Number.isNaN(y)) {
      if (piece.length > 0) pieces.push(piece);
      piece = [];
    } else {
      piece.push({ x: axis.x, y });
    }
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** How a drag on an axis changes its brush. */
export type BrushDrag =
  | { kind: 'new'; from: number }
  | { kind: 'move'; brush: Brush; from: number }
  | { kind: 'low'; brush: Brush }
  | { kind: 'high'; brush: Brush };

/** Pixels around a brush's end within which a press takes hold of that end. */
const GRIP = 6;

/** What a press at `y` on an axis begins. */
export function startBrush(
  axis: ParallelAxis,
  brush: Brush | undefined,
  y: number,
  height: number,
): BrushDrag {
  const from = valueOnAxis(axis, y, height);
  if (brush === undefined) return { kind: 'new', from };
  if (Math.abs(placeOnAxis(axis, brush[0], height) - y) <= GRIP) return { kind: 'low', brush };
  if (Math.abs(placeOnAxis(axis, brush[1], height) - y) <= GRIP) return { kind: 'high', brush };
  return from > brush[0] && from < brush[1] ? { kind: 'move', brush, from } : { kind: 'new', from };
}

/** The brush while it is dragged to `y`. */
export function dragBrush(axis: ParallelAxis, drag: BrushDrag, y: number, height: number): Brush {
  const value = valueOnAxis(axis, y, height);
  if (drag.kind === 'new') return [Math.min(drag.from, value), Math.max(drag.from, value)];
  const [low, high] = drag.brush;
  if (drag.kind === 'low') return [Math.min(value, high), Math.max(value, high)];
  if (drag.kind === 'high') return [Math.min(low, value), Math.max(low, value)];
  const by = Math.min(Math.max(value - drag.from, axis.scale.low - low), axis.scale.high - high);
  return [low + by, high + by];
}

/** Keeps the end of a name that is too long, and enough of its start to recognise it: "train…_score". */
export function shortenMiddle(name: string, most: number): string {
  if (name.length <= most) return name;
  const start = Math.floor((most - 1) * 0.3);
  return `${name.slice(0, start)}…${name.slice(name.length - (most - 1 - start))}`;
}
