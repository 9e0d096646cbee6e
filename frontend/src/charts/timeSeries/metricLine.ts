import { chooseFormat, type NumberFormat } from '../../formatting/numbers.ts';
import type { RunAxis } from './runAxis.ts';

/** A metric as a line of a chart. */
export type MetricLine = {
  /** The metric's id. */
  id: string;
  /** Its values by row of the table; NaN where a run has none. */
  values: Float64Array;
  /** The same in the units of the drawing; NaN also where a value cannot be drawn. */
  heights: Float64Array;
  /** How values are written: with the digits that tell them apart. */
  format: NumberFormat;
  /** How many values a logarithmic scale has no place for, since they are not above zero. */
  hidden: number;
};

/** What heights are: the values themselves, their powers of ten, or shares of the way from the lowest to the highest. */
export type Heights = 'values' | 'log' | 'ranges';

export function metricLine(id: string, values: Float64Array, heights: Heights): MetricLine {
  const format = chooseFormat(values.filter(Number.isFinite));
  if (heights === 'log') {
    let hidden = 0;
    const powers = values.map((value) => {
      if (value > 0 && value !== Number.POSITIVE_INFINITY) return Math.log10(value);
      if (value <= 0) hidden += 1;
      return Number.NaN;
    });
    return { id, values, heights: powers, format, hidden };
  }
  if (heights === 'ranges') {
    const [low, high] = extent(values) ?? [0, 1];
    const shares = values.map((value) =>
      Number.isFinite(value) ? (high > low ? (value - low) / (high - low) : 0.5) : Number.NaN,
    );
    return { id, values, heights: shares, format, hidden: 0 };
  }
  return {
    id,
    values,
    heights: values.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
    format,
    hidden: 0,
  };
}

/** Whether all values are whole numbers, such as counts. */
export function isWhole({ format }: Pick<MetricLine, 'format'>): boolean {
  return format.notation === 'fixed' && format.digits === 0;
}

/** The lowest and the highest of some numbers that are finite; undefined where there is none. */
export function extent(values: Float64Array): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? undefined : [low, high];
}

/** The best height from a place on. */
export type BestStep = { place: number; height: number; row: number };

/**
 * The best so far, in steps: the first run, and each that is better than all before it along the axis.
 *
 * @param heights in the units of the drawing, which keep the order of the values
 */
export function bestSoFar(axis: RunAxis, heights: Float64Array, direction: 'higher' | 'lower'): BestStep[] {
  const steps: BestStep[] = [];
  let best = Number.NaN;
  for (const row of axis.rows) {
    const height = heights[row] ?? Number.NaN;
    if (Number.isNaN(height)) continue;
    if (!Number.isNaN(best) && (direction === 'higher' ? height <= best : height >= best)) continue;
    best = height;
    steps.push({ place: axis.places[row] ?? Number.NaN, height, row });
  }
  return steps;
}
