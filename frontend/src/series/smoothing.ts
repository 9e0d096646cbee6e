/** The most that one can smooth: of a heavier average nothing but a flat line is left. */
export const MOST_SMOOTHING = 0.999;

/**
 * The exponential moving average of a curve, in the order of its points: each value is `weight` times what was before
 * and the rest itself. What is missing before the first point is made up for (else every curve would begin at zero), and
 * a gap stays a gap, over which nothing is forgotten.
 *
 * Of a curve that was thinned out, each point stands for those that were left out before it, so that one weight smooths
 * a curve alike however many of its points are there.
 *
 * @param weight 0 leaves the curve as it is
 * @param count how many points were logged
 */
export function smoothValues(
  steps: Float64Array,
  values: Float64Array,
  weight: number,
  count: number,
): Float64Array {
  if (weight <= 0) return values;
  const kept = Math.min(MOST_SMOOTHING, weight);
  const spacing = thinnedSpacing(steps, count);
  const smoothed = new Float64Array(values.length);
  let average = 0;
  let known = 0;
  let last = Number.NaN;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      smoothed[index] = Number.NaN;
      continue;
    }
    const step = steps[index] ?? Number.NaN;
    const points = spacing === undefined || Number.isNaN(last) ? 1 : Math.max(1, (step - last) / spacing);
    const share = kept ** points;
    average = share * average + (1 - share) * value;
    known = share * known + (1 - share);
    smoothed[index] = average / known;
    last = step;
  }
  return smoothed;
}

/** How far apart the logged points are on average; undefined where all of them are there. */
function thinnedSpacing(steps: Float64Array, count: number): number | undefined {
  if (count <= steps.length || steps.length < 2) return undefined;
  const spacing = ((steps.at(-1) ?? 0) - (steps[0] ?? 0)) / (count - 1);
  return spacing > 0 ? spacing : undefined;
}
