import { useMemo } from 'react';
import type { Range, ValueAxis } from '../charts/scales/axes.ts';
import type { CurveLine } from './curveLine.ts';
import { drawCurves, type PlacedCurve, withValues } from './drawnCurve.ts';
import type { PaintedLine } from './paintCurves.ts';
import { smoothValues } from './smoothing.ts';

/** Of more lines, only the smoothed ones are drawn: with those behind them one would see neither. */
const MOST_RAW = 12;

/** The lines of a chart as they are drawn. */
export type DrawnLines = {
  /** Each line as it is drawn, in the order of the lines: smoothed, if that is asked for. */
  curves: readonly PlacedCurve[];
  /** All that is drawn: the lines, and behind them what they were before they were smoothed. */
  painted: readonly PaintedLine[];
  /** Undefined where there is nothing to draw. */
  axis: ValueAxis | undefined;
  /** How many values are not above zero, where the axis is logarithmic. */
  hidden: number;
};

type Drawing = {
  lines: readonly CurveLine[];
  placed: readonly PlacedCurve[];
  range: Range;
  /** Of the area between the axes, in pixels. */
  width: number;
  log: boolean;
  smoothing: number;
};

/** What is to be drawn of some lines in a range. */
export function useDrawnLines({ lines, placed, range, width, log, smoothing }: Drawing): DrawnLines {
  const curves = useMemo(() => {
    if (smoothing <= 0) return placed;
    return placed.map((curve, position) => {
      const line = lines[position];
      if (line === undefined) return curve;
      const { points, count } = line;
      return withValues(curve, smoothValues(points.steps, points.values, smoothing, count));
    });
  }, [lines, placed, smoothing]);
  return useMemo(() => {
    const behind = smoothing > 0 && lines.length <= MOST_RAW ? placed : [];
    const drawn = drawCurves([...curves, ...behind], range, width, log);
    const painted = drawn.lines.flatMap((points, position): PaintedLine[] => {
      const raw = position >= lines.length;
      const line = lines[raw ? position - lines.length : position];
      if (line === undefined) return [];
      const { colour, dashed = false, front = false } = line;
      return [{ points, colour, dashed: dashed && !raw, rank: raw ? 'raw' : front ? 'front' : 'line' }];
    });
    return { curves, painted, axis: drawn.axis, hidden: drawn.hidden };
  }, [curves, placed, lines, range, width, log, smoothing]);
}
