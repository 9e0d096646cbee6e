import { useEffect, useMemo, useRef } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { refreshInterval } from '../data/refreshInterval.ts';
import { useChangesAtMost } from '../data/useChangesAtMost.ts';
import { type Curve, loggedCurve } from './curve.ts';
import { LoggedSeriesQuery } from './seriesQueries.ts';

export type LoggedCurves = {
  /** Undefined until they have been loaded. */
  curves: Curve[] | undefined;
  error: CombinedError | undefined;
  retry: () => void;
};

/** What a run logged by step, without the points; it grows while the run goes on. */
export function useLoggedCurves(runId: string, running: boolean): LoggedCurves {
  const [{ data, error }, refetch] = useQuery({ query: LoggedSeriesQuery, variables: { id: runId } });
  const retry = () => refetch({ requestPolicy: 'network-only' });
  useChangesAtMost(refreshInterval(running), ['RUNS'], retry);
  // The last points are written with the run's end.
  const wasRunning = useRef(running);
  useEffect(() => {
    if (wasRunning.current && !running) refetch({ requestPolicy: 'network-only' });
    wasRunning.current = running;
  }, [running, refetch]);
  const answer = data?.run?.series;
  const curves = useMemo(() => answer?.map(loggedCurve), [answer]);
  return { curves, error, retry };
}
