import type { Range } from '../charts/scales/axes.ts';
import type { CurvePoints } from './curve.ts';
import type { PlacedCurve } from './drawnCurve.ts';

/**
 * The steps of the points that are seen in a range, and of one beyond each end; undefined where there are none.
 *
 * @param curves on the axis of the range, whatever that is
 * @param steps of the points of each curve
 */
export function seenSteps(
  curves: readonly PlacedCurve[],
  steps: readonly Float64Array[],
  [from, to]: Range,
): Range | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const [position, { at, index }] of curves.entries()) {
    const start = Math.max(0, at.findIndex((place) => place >= from) - 1);
    const beyond = at.findIndex((place) => place > to);
    const end = beyond < 0 ? at.length - 1 : beyond;
    if (at.length === 0 || (at.at(-1) ?? from) < from || (at[0] ?? to) > to) continue;
    for (let place = start; place <= end; place += 1) {
      const step = steps[position]?.[index[place] ?? 0] ?? Number.NaN;
      if (step < first) first = step;
      if (step > last) last = step;
    }
  }
  return first <= last ? [first, last] : undefined;
}

/** Points of a whole curve, with finer ones where there are some: in their place, not beside them. */
export function withFiner(coarse: CurvePoints, finer: CurvePoints | undefined): CurvePoints {
  const first = finer?.steps[0];
  const last = finer?.steps.at(-1);
  if (finer === undefined || first === undefined || last === undefined) return coarse;
  const before = coarse.steps.findIndex((step) => step >= first);
  const from = before < 0 ? coarse.steps.length : before;
  const after = coarse.steps.findIndex((step) => step > last);
  const to = after < 0 ? coarse.steps.length : after;
  const join = (whole: Float64Array, part: Float64Array): Float64Array =>
    Float64Array.from([...whole.subarray(0, from), ...part, ...whole.subarray(to)]);
  return {
    steps: join(coarse.steps, finer.steps),
    values: join(coarse.values, finer.values),
    times: coarse.times && finer.times && join(coarse.times, finer.times),
  };
}
