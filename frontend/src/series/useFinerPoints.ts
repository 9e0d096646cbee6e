import { useMemo } from 'react';
import type { Range } from '../charts/scales/axes.ts';
import type { Curve, CurvePoints } from './curve.ts';
import { type CurveAxis, placeCurve } from './drawnCurve.ts';
import { seenSteps, withFiner } from './finerPoints.ts';
import { useCurvePoints } from './useCurvePoints.ts';

/** More points than a chart has columns of pixels for show nothing more. */
const FINE_POINTS = 2_000;

/**
 * The points of a curve, and of what is zoomed into as many as can be seen.
 *
 * @param coarse those of the whole curve
 * @param range what is zoomed into; undefined for all of it
 */
export function useFinerPoints(
  runId: string,
  curve: Curve,
  coarse: CurvePoints | undefined,
  axis: CurveAxis,
  runStart: number,
  range: Range | undefined,
): CurvePoints | undefined {
  const thinned = coarse !== undefined && curve.count > coarse.steps.length;
  const steps = useMemo(
    () =>
      thinned && range ? seenSteps([placeCurve(coarse, axis, runStart)], [coarse.steps], range) : undefined,
    [thinned, coarse, axis, runStart, range],
  );
  const alone = useMemo(() => [curve], [curve]);
  const fine = useCurvePoints(runId, alone, FINE_POINTS, steps !== undefined, steps);
  const found = steps && fine.points.get(curve.id);
  return useMemo(() => coarse && withFiner(coarse, found), [coarse, found]);
}
