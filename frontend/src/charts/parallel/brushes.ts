import { type NumberAxis, type ParallelAxis, shareOfValue, valueAt } from './parallelAxes.ts';

/** A range of numbers; infinite where it has no end. An open end is not within. */
export type RangeBrush = { kind: 'range'; low: number; high: number; lowOpen?: true; highOpen?: true };

/** Some of the labels of a column. */
export type LabelsBrush = { kind: 'labels'; labels: readonly string[] };

/** A part of an axis that was brushed: runs outside are filtered out. */
export type Brush = RangeBrush | LabelsBrush;

/** Brushes by the names of their columns. */
export type Brushes = ReadonlyMap<string, Brush>;

/** From and to, as shares of the way from an axis' least to its greatest. */
export type Span = readonly [number, number];

/** 1 for each run that passes every brush. A run without a value on a brushed axis does not. */
export function passing(axes: readonly ParallelAxis[], brushes: Brushes, runs: number): Uint8Array {
  const pass = new Uint8Array(runs).fill(1);
  for (const axis of axes) {
    const brush = brushes.get(axis.name);
    if (brush?.kind === 'range' && axis.kind === 'number') {
      const { low, high, lowOpen, highOpen } = brush;
      for (let row = 0; row < runs; row += 1) {
        const value = axis.values[row] ?? Number.NaN;
        if (!(value >= low && value <= high)) pass[row] = 0;
        else if ((lowOpen && value === low) || (highOpen && value === high)) pass[row] = 0;
      }
    } else if (brush?.kind === 'labels' && axis.kind === 'category') {
      const wanted = new Set(brush.labels);
      const chosen = axis.labels.map((label) => wanted.has(label));
      for (let row = 0; row < runs; row += 1) if (!chosen[axis.codes[row] ?? -1]) pass[row] = 0;
    }
  }
  return pass;
}

/** The parts of an axis that a brush covers. Labels that lie beside one another are one part. */
export function spansOf(axis: ParallelAxis, brush: Brush): Span[] {
  if (brush.kind === 'range') {
    return axis.kind === 'number' ? [[endOf(axis, brush.low, 0), endOf(axis, brush.high, 1)]] : [];
  }
  if (axis.kind === 'number') return [];
  const wanted = new Set(brush.labels);
  const spans: Span[] = [];
  for (const [i, label] of axis.labels.entries()) {
    if (!wanted.has(label)) continue;
    const last = spans.at(-1);
    const [from, to] = [i / axis.labels.length, (i + 1) / axis.labels.length];
    if (last && last[1] === from) spans[spans.length - 1] = [last[0], to];
    else spans.push([from, to]);
  }
  return spans;
}

function endOf(axis: NumberAxis, value: number, without: number): number {
  return Number.isFinite(value) ? shareOfValue(axis, value) : without;
}

/** From the first part that a brush covers to the last; the whole axis without a brush. */
export function outerSpan(axis: ParallelAxis, brush: Brush | undefined): Span {
  const spans = brush ? spansOf(axis, brush) : [];
  return [spans[0]?.[0] ?? 0, spans.at(-1)?.[1] ?? 1];
}

/** The brush that covers a part of an axis; undefined where it would let everything through. */
export function brushOf(axis: ParallelAxis, [from, to]: Span): Brush | undefined {
  if (axis.kind === 'category') {
    const count = axis.labels.length;
    const labels = axis.labels.filter((_, i) => (i + 0.5) / count >= from && (i + 0.5) / count <= to);
    const nearest = axis.labels[Math.min(count - 1, Math.floor(((from + to) / 2) * count))] ?? '';
    if (labels.length === count) return undefined;
    return { kind: 'labels', labels: labels.length > 0 ? labels : [nearest] };
  }
  // At the ends of the axis there is no limit, not the limit that the scale happens to have.
  const low = from <= 0 ? Number.NEGATIVE_INFINITY : roundedValue(axis, from);
  const high = to >= 1 ? Number.POSITIVE_INFINITY : roundedValue(axis, to);
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return undefined;
  return { kind: 'range', low, high };
}

/** As many steps as one can tell apart along an axis. */
const STEPS = 1000;

/** The value at a share with as few digits as tell it from its neighbours: it will stand in a query. */
function roundedValue(axis: NumberAxis, share: number): number {
  const value = valueAt(axis, share);
  if (axis.time) return Math.round(value / 1000) * 1000;
  if (axis.log) return Number(value.toPrecision(3));
  const step = 10 ** Math.floor(Math.log10((axis.high - axis.low) / STEPS));
  const digits = Math.ceil(Math.log10(Math.abs(value) / step || 1));
  return Math.abs(value) < step / 2 ? 0 : Number(value.toPrecision(Math.min(17, Math.max(1, digits))));
}

/** Adds a label to those that are let through, or takes it away; undefined where then all or none would be. */
export function toggleLabel(
  axis: Extract<ParallelAxis, { kind: 'category' }>,
  brush: Brush | undefined,
  label: string,
): Brush | undefined {
  const chosen = new Set(brush?.kind === 'labels' ? brush.labels : brush === undefined ? axis.labels : []);
  if (!chosen.delete(label)) chosen.add(label);
  const labels = axis.labels.filter((one) => chosen.has(one));
  return labels.length === 0 || labels.length === axis.labels.length ? undefined : { kind: 'labels', labels };
}

/** How a drag on an axis changes its brush. */
export type BrushDrag =
  | { kind: 'new'; from: number }
  | { kind: 'move'; span: Span; from: number }
  | { kind: 'low' | 'high'; span: Span };

/**
 * What a press at a share of an axis begins.
 *
 * @param grip around a brush's end within which a press takes hold of that end
 */
export function startDrag(
  axis: ParallelAxis,
  brush: Brush | undefined,
  share: number,
  grip: number,
): BrushDrag {
  if (brush === undefined) return { kind: 'new', from: share };
  const span = outerSpan(axis, brush);
  if (Math.abs(span[0] - share) <= grip) return { kind: 'low', span };
  if (Math.abs(span[1] - share) <= grip) return { kind: 'high', span };
  return share > span[0] && share < span[1]
    ? { kind: 'move', span, from: share }
    : { kind: 'new', from: share };
}

/** What is covered while a brush is dragged to a share. */
export function dragTo(drag: BrushDrag, share: number): Span {
  if (drag.kind === 'new') return [Math.min(drag.from, share), Math.max(drag.from, share)];
  const [low, high] = drag.span;
  if (drag.kind === 'move') {
    const by = Math.min(Math.max(share - drag.from, -low), 1 - high);
    return [low + by, high + by];
  }
  const held = drag.kind === 'low' ? high : low;
  return [Math.min(share, held), Math.max(share, held)];
}
