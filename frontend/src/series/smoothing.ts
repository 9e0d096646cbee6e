/** The most that one can smooth: of a heavier average nothing but a flat line is left. */
export const MOST_SMOOTHING = 0.999;

/**
 * The exponential moving average of a curve, in the order of its points: each value is `weight` times what was before
 * and the rest itself. What is missing before the first point is made up for (else every curve would begin at zero), and
 * a gap stays a gap, over which nothing is forgotten.
 *
 * A curve that was thinned out has the lowest and the highest point of each stretch. For those that were left out
 * stands the middle of the points around, so that one weight smooths a curve alike however many of its points are there,
 * and a lone peak counts once.
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
    if (points > 1) {
      const share = kept ** (points - 1);
      average = share * average + (1 - share) * middleAround(values, index);
      known = share * known + (1 - share);
    }
    average = kept * average + (1 - kept) * value;
    known = kept * known + (1 - kept);
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

/** Three pairs of a lowest and a highest point: the one at the index, and one on each side. */
const AROUND = 6;

const around = new Float64Array(AROUND);

function middleAround(values: Float64Array, index: number): number {
  let count = 0;
  for (let place = index - AROUND / 2; place < index + AROUND / 2; place += 1) {
    const value = values[place] ?? Number.NaN;
    if (!Number.isNaN(value)) around[count++] = value;
  }
  const sorted = around.subarray(0, count).sort();
  return ((sorted[(count - 1) >> 1] ?? 0) + (sorted[count >> 1] ?? 0)) / 2;
}
