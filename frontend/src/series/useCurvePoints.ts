import { useEffect, useMemo, useRef } from 'react';
import { type CombinedError, useQuery } from 'urql';
import type { Range } from '../charts/scales/axes.ts';
import { type Curve, type CurvePoints, toPoints } from './curve.ts';
import { SeriesPointsQuery } from './seriesQueries.ts';

/** The most that the server gives of one series. */
export const MOST_POINTS = 10_000;

const ALL_STEPS = { firstStep: null, lastStep: null };

export type LoadedPoints = {
  /** By the curve's id; those of JSON are there at once. */
  points: ReadonlyMap<string, CurvePoints>;
  error: CombinedError | undefined;
};

/**
 * The points of some curves, thinned out to `maxPoints` each. Those that have grown since are asked for again; what was
 * there stays until the answer comes.
 *
 * @param wanted whether they are to be seen; nothing is asked for until then
 * @param steps from and to; of all steps if it is not given
 */
export function useCurvePoints(
  runId: string,
  curves: readonly Curve[],
  maxPoints: number,
  wanted: boolean,
  steps?: Range | undefined,
): LoadedPoints {
  const names = useMemo(
    () => curves.filter(({ points }) => points === undefined).map(({ name }) => name),
    [curves],
  );
  const key = JSON.stringify(names);
  const [firstStep, lastStep] = steps ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the content of `names`
  const variables = useMemo(
    () => ({
      id: runId,
      names,
      maxPoints,
      ...(firstStep === undefined || lastStep === undefined ? ALL_STEPS : { firstStep, lastStep }),
    }),
    [runId, key, maxPoints, firstStep, lastStep],
  );
  const pause = !wanted || names.length === 0;
  const [{ data, error, fetching }, refetch] = useQuery({ query: SeriesPointsQuery, variables, pause });
  const answer = data?.run?.series;

  const known = useMemo(() => new Map(answer?.map(({ name, count }) => [name, count])), [answer]);
  const grown =
    answer !== undefined &&
    curves.some(({ name, count, points }) => points === undefined && count > (known.get(name) ?? 0));
  // An answer that is still behind is asked for again when the curves have grown once more, not in a loop.
  const askedFor = useRef<readonly Curve[]>(undefined);
  useEffect(() => {
    if (pause || fetching || !grown || askedFor.current === curves) return;
    askedFor.current = curves;
    refetch({ requestPolicy: 'network-only' });
  }, [pause, fetching, grown, curves, refetch]);

  const points = useMemo(() => {
    const found = new Map<string, CurvePoints>();
    for (const curve of curves) if (curve.points) found.set(curve.id, curve.points);
    for (const series of answer ?? []) found.set(series.name, toPoints(series));
    return found;
  }, [curves, answer]);
  return { points, error };
}
