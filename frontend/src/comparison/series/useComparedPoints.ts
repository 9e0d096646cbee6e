import { useEffect, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import type { Range } from '../../charts/scales/axes.ts';
import { REFRESH_MS } from '../../data/refreshInterval.ts';
import { useChangesAtMost } from '../../data/useChangesAtMost.ts';
import { LoadingSlots } from '../../plots/loadingSlots.ts';
import { type CurvePoints, toPoints } from '../../series/curve.ts';
import { BLOCK } from '../../series/curveBlocks.ts';
import { type CurveAxis, placeCurve } from '../../series/drawnCurve.ts';
import { seenSteps, withFiner } from '../../series/finerPoints.ts';
import { SeriesOfRunsQuery } from '../../series/seriesQueries.ts';
import type { ChartedRun } from './chartedRun.ts';
import type { ComparedCurve } from './comparedCurves.ts';

/** An answer has at most so many points: that of 500 runs comes in half a second, and is half a megabyte. */
const MOST_POINTS = 60_000;
/** As many as a chart has columns of pixels. */
const MOST_POINTS_A_LINE = 500;
const LEAST_POINTS_A_LINE = 20;
/** Lines of all charts that are asked for together. */
const MOST_LINES = 480;

/** How many series of so many runs are asked for at a time, and how many points a line. */
export function pointsAtATime(runs: number): { block: number; maxPoints: number } {
  const block = Math.min(BLOCK, Math.max(1, Math.floor(MOST_LINES / Math.max(1, runs))));
  const fitting = Math.floor(MOST_POINTS / (block * Math.max(1, runs)));
  return { block, maxPoints: Math.max(LEAST_POINTS_A_LINE, Math.min(MOST_POINTS_A_LINE, fitting)) };
}

// Of many runs, all charts at once would keep the reader waiting for the first as long as for the last.
const slots = new LoadingSlots(2);

/** Whether it is the turn of what is wanted to be loaded; it is over once that is done. */
function useTurn(wanted: boolean, done: boolean): boolean {
  const [turn, setTurn] = useState(false);
  useEffect(() => {
    if (!wanted || done) return;
    const giveBack = slots.request(false, () => setTurn(true));
    return () => {
      giveBack();
      setTurn(false);
    };
  }, [wanted, done]);
  return turn;
}

type ComparedPoints = {
  /** By run and name of the series: "R loss". */
  points: ReadonlyMap<string, CurvePoints>;
  /** Whether they have not come yet. */
  loading: boolean;
  problem: string | undefined;
};

const ALL_STEPS = { firstStep: null, lastStep: null };

/**
 * The points of some series of all runs, and of what is zoomed into as many as can be seen.
 *
 * @param wanted whether they are to be seen; nothing is asked for until then
 */
export function useComparedPoints(
  runs: readonly ChartedRun[],
  curves: readonly ComparedCurve[],
  axis: CurveAxis,
  zoomed: Range | undefined,
  wanted: boolean,
): ComparedPoints {
  const names = useMemo(
    () => curves.filter(({ group }) => group.kind === 'logged').map(({ name }) => name),
    [curves],
  );
  const runIds = useMemo(() => runs.map(({ id }) => id).sort(), [runs]);
  const { maxPoints } = pointsAtATime(runIds.length);
  const asked = useMemo(
    () => ({ runIds, names, maxPoints, withTimes: axis !== 'step' }),
    [runIds, names, maxPoints, axis],
  );
  const [answered, setAnswered] = useState(false);
  const loadable = wanted && names.length > 0;
  const turn = useTurn(loadable, answered);
  const pause = !loadable || !(turn || answered);
  const all = useMemo(() => ({ ...asked, ...ALL_STEPS }), [asked]);
  const [{ data, error }, refetch] = useQuery({ query: SeriesOfRunsQuery, variables: all, pause });
  useEffect(() => {
    if (data || error) setAnswered(true);
  }, [data, error]);
  const running = runs.some(({ status }) => status === 'RUNNING');
  useChangesAtMost(REFRESH_MS, ['RUNS'], () => {
    if (running && !pause) refetch({ requestPolicy: 'network-only' });
  });
  const coarse = useMemo(() => byRunAndName(data), [data]);

  const thinned = useMemo(
    () => curves.some((curve) => [...curve.curves.values()].some(({ count }) => count > maxPoints)),
    [curves, maxPoints],
  );
  const steps = useMemo(
    () => (zoomed && thinned ? stepsSeen(runs, coarse, axis, zoomed) : undefined),
    [zoomed, thinned, runs, coarse, axis],
  );
  const some = useMemo(
    () => ({ ...asked, ...(steps ? { firstStep: steps[0], lastStep: steps[1] } : ALL_STEPS) }),
    [asked, steps],
  );
  const [{ data: finerData }] = useQuery({
    query: SeriesOfRunsQuery,
    variables: some,
    pause: pause || steps === undefined,
  });
  const finer = useMemo(() => byRunAndName(finerData), [finerData]);
  const points = useMemo(
    () =>
      steps === undefined
        ? coarse
        : new Map([...coarse].map(([key, whole]) => [key, withFiner(whole, finer.get(key))])),
    [coarse, finer, steps],
  );
  const missing = names.length > 0 && data === undefined;
  return { points, loading: missing && !error, problem: missing ? error?.message : undefined };
}

type Answer = {
  runMetadata: { id: string; series: (Parameters<typeof toPoints>[0] & { name: string })[] }[];
};

function byRunAndName(answer: Answer | undefined): Map<string, CurvePoints> {
  const found = new Map<string, CurvePoints>();
  for (const { id, series } of answer?.runMetadata ?? []) {
    for (const each of series) found.set(`${id} ${each.name}`, toPoints(each));
  }
  return found;
}

/** The steps that are seen of any line in a range. */
function stepsSeen(
  runs: readonly ChartedRun[],
  points: ReadonlyMap<string, CurvePoints>,
  axis: CurveAxis,
  range: Range,
): Range | undefined {
  // Beyond the ends there are points enough for lines to run on to the edge.
  if (axis === 'step') return range;
  const starts = new Map(runs.map(({ id, startedAt }) => [id, Date.parse(startedAt ?? '')]));
  const lines = [...points].map(([key, line]) => ({ line, start: starts.get(key.split(' ', 1)[0] ?? '') }));
  return seenSteps(
    lines.map(({ line, start = Number.NaN }) => placeCurve(line, axis, start)),
    lines.map(({ line }) => line.steps),
    range,
  );
}
