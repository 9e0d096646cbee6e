import { niceScale } from '../scales/ticks.ts';
import { quantile } from './quantiles.ts';

/** The bins of a histogram: equally wide, from `low` on. */
export type Bins = { low: number; width: number; count: number };

/** Fewer and more tell little of a distribution. */
const FEWEST = 5;
const MOST = 60;

/**
 * Bins for finite numbers: of round widths, and as many as suit how many numbers there are and how they lie (Freedman
 * and Diaconis). Whole numbers that are few have a bin each.
 *
 * @param values in the units of the drawing
 * @param wanted how many somebody has chosen; then they fit the numbers exactly, and may be less round
 * @param whole whether all of them are whole numbers
 */
export function chooseBins(
  values: Float64Array,
  wanted: number | undefined,
  whole: boolean,
): Bins | undefined {
  const sorted = values.slice().sort();
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return undefined;
  if (min === max) {
    const width = whole ? 1 : Math.abs(min) * 0.1 || 1;
    return { low: min - width / 2, width, count: 1 };
  }
  if (wanted !== undefined) return { low: min, width: (max - min) / wanted, count: wanted };
  if (whole && max - min < MOST) return { low: min - 0.5, width: 1, count: max - min + 1 };
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const ideal = (2 * spread) / Math.cbrt(sorted.length);
  const count = ideal > 0 ? Math.ceil((max - min) / ideal) : Math.ceil(Math.log2(sorted.length) + 1);
  const scale = niceScale(min, max, Math.min(MOST, Math.max(FEWEST, count)) / 1.2, whole);
  return {
    low: scale.low,
    width: scale.step,
    count: Math.max(1, Math.round((scale.high - scale.low) / scale.step)),
  };
}

/** The bin of a number; the greatest one belongs to the last. */
export function binOf({ low, width, count }: Bins, value: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((value - low) / width + 1e-9)));
}

/** How many numbers are in each bin, for each group. Rows without a number or a group are left out. */
export function countBins(
  bins: Bins,
  values: Float64Array,
  groups: Int32Array,
  groupCount: number,
): Uint32Array[] {
  const counts = Array.from({ length: groupCount }, () => new Uint32Array(bins.count));
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    const group = counts[groups[row] ?? -1];
    if (Number.isNaN(value) || group === undefined) continue;
    const bin = binOf(bins, value);
    group[bin] = (group[bin] ?? 0) + 1;
  }
  return counts;
}
