import { computeDelta, toNumber } from '../../formatting/numbers.ts';
import type { NumberValue } from '../../formatting/scalars.ts';

/** Which way of a metric is better; undefined where nobody has said and its name does not tell. */
export type Direction = 'HIGHER' | 'LOWER' | undefined;

/** What a difference means. `changed`: it is one, and nobody knows whether a good one. */
export type Verdict = 'better' | 'worse' | 'same' | 'changed';

/** How a value differs from the baseline's. */
export type MetricDelta = {
  absolute: number;
  /** As a part of the baseline; null where a percentage would say nothing. */
  relative: number | null;
  /** Why there is no percentage. */
  noPercentage?: string;
  verdict: Verdict;
};

/** Compares a value with the baseline's; null where one of them is missing or not finite. */
export function compareWithBaseline(
  value: NumberValue | null | undefined,
  baseline: NumberValue | null | undefined,
  direction: Direction,
): MetricDelta | null {
  const delta = computeDelta(value, baseline);
  if (delta === null || baseline === null || baseline === undefined) return null;
  const { absolute } = delta;
  const base = toNumber(baseline);
  const verdict = judge(absolute, direction);
  if (absolute !== 0 && base === 0) {
    return { absolute, relative: null, noPercentage: 'No percentage: the baseline is 0', verdict };
  }
  if (base * (base + absolute) < 0) {
    return { absolute, relative: null, noPercentage: 'No percentage: the sign changes', verdict };
  }
  return { absolute, relative: absolute === 0 ? 0 : delta.relative, verdict };
}

function judge(absolute: number, direction: Direction): Verdict {
  if (absolute === 0) return 'same';
  if (direction === undefined) return 'changed';
  return absolute > 0 === (direction === 'HIGHER') ? 'better' : 'worse';
}

/** Where the best of the values are: nowhere if it is not known what is better, or if there is nothing to choose. */
export function bestPlaces(
  values: readonly (NumberValue | null | undefined)[],
  direction: Direction,
): ReadonlySet<number> {
  if (direction === undefined) return new Set();
  const numbers = values.map((value) =>
    value === null || value === undefined ? Number.NaN : toNumber(value),
  );
  const known = numbers.filter((number) => !Number.isNaN(number));
  const best = known.reduce(
    (most, number) => (direction === 'HIGHER' ? Math.max(most, number) : Math.min(most, number)),
    direction === 'HIGHER' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
  );
  if (known.every((number) => number === best)) return new Set();
  return new Set(numbers.flatMap((number, place) => (number === best ? [place] : [])));
}
