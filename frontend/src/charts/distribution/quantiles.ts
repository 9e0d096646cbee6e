/** A group of numbers as a box shows it. */
export type BoxSummary = {
  count: number;
  min: number;
  lower: number;
  median: number;
  upper: number;
  max: number;
  mean: number;
  /** How far the lines beside the box go: to the last values within one and a half times its height. */
  lowest: number;
  highest: number;
};

/** A quantile of numbers in order, between two of them where it falls there; NaN of none. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
}

/** The summary of finite numbers in any order; undefined of none. */
export function summarise(values: Float64Array): BoxSummary | undefined {
  const sorted = values.slice().sort();
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return undefined;
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  if (lower === undefined || median === undefined || upper === undefined) return undefined;
  const reach = (upper - lower) * 1.5;
  let mean = 0;
  for (const [index, value] of sorted.entries()) mean += (value - mean) / (index + 1);
  return {
    ...{ count: sorted.length, min, lower, median, upper, max, mean },
    // Between few values a quartile may lie beyond the last one that is no outlier: no line goes into the box.
    lowest: Math.min(lower, sorted.find((value) => value >= lower - reach) ?? min),
    highest: Math.max(upper, sorted.findLast((value) => value <= upper + reach) ?? max),
  };
}
