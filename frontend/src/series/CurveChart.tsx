import { type KeyboardEvent, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ChartColours } from '../charts/runs/chartColours.ts';
import { durationTicks, type Range, stepTicks } from '../charts/scales/axes.ts';
import { ChartSurface } from '../charts/surface/ChartSurface.tsx';
import { MARGIN } from '../charts/surface/margin.ts';
import { useChartDrawing } from '../charts/surface/useChartDrawing.ts';
import { useZoomGestures } from '../charts/surface/useZoomGestures.ts';
import { formatNumber } from '../formatting/numbers.ts';
import classes from './CurveChart.module.css';
import { CurveMarker } from './CurveMarker.tsx';
import type { CurvePoints } from './curve.ts';
import { curveOption } from './curveOption.ts';
import { type CurveAxis, drawCurves, fullRange, placeCurve } from './drawnCurve.ts';
import { findPoints } from './foundPoint.ts';
import type { HoveredPlaceStore } from './hoveredPlace.ts';
import { nextPlace } from './nextPlace.ts';

const MOST_PLACE_TICKS = 5;
/** Room that a label below the axis takes, in pixels. */
const PLACE_TICK_WIDTH = 64;

const NOTHING_TO_DRAW: Range = [0, 1];

const toNobody = () => () => {};

/** One curve of a chart; where there are several, each is of another run. */
export type CurveLine = {
  id: string;
  name: string;
  points: CurvePoints;
  /** When its run began, in milliseconds since the epoch; NaN where that is not known. */
  runStart: number;
  /** As canvases take it. */
  colour: string;
  dashed?: boolean;
};

export type CurveChartProps = {
  /** Names the chart among those that share `hovered`. */
  id: string;
  /** The chart in words, for those who do not see it. */
  label: string;
  lines: readonly CurveLine[];
  axis: CurveAxis;
  log: boolean;
  /** What is zoomed into; undefined for all of it. */
  zoomed: Range | undefined;
  onZoom: (range: Range | undefined) => void;
  hovered: HoveredPlaceStore;
  colours: ChartColours;
  height: number;
  /** Whether one goes through the points of the first line with the arrow keys. */
  keyboard?: boolean;
};

/** Curves on one pair of axes, drawn on a canvas; the place under the pointer is marked in all charts that share it. */
export function CurveChart(props: CurveChartProps) {
  const { id, label, lines, axis, log, zoomed, onZoom, hovered, colours, height, keyboard } = props;
  const drawing = useChartDrawing(height);
  const { surface, selection, chart, width, inner } = drawing;
  const byTime = axis === 'time' && lines.some(({ points }) => points.times !== undefined);

  const placed = useMemo(
    () => lines.map(({ points, runStart }) => placeCurve(points, axis, runStart)),
    [lines, axis],
  );
  const full = useMemo(() => fullRange(placed) ?? NOTHING_TO_DRAW, [placed]);
  const whole = useMemo(
    () => lines.every(({ points }) => points.steps.every((step) => Number.isInteger(step))),
    [lines],
  );
  const range = zoomed ?? full;
  const drawn = useMemo(() => drawCurves(placed, range, inner.width, log), [placed, range, inner.width, log]);

  useEffect(() => {
    const canvas = chart.current;
    if (canvas === null || width === 0) return;
    canvas.resize({ width, height });
    if (drawn.axis === undefined) {
      canvas.clear();
      return;
    }
    const most = Math.max(2, Math.min(MOST_PLACE_TICKS, Math.floor(inner.width / PLACE_TICK_WIDTH)));
    const ticks = byTime ? durationTicks(range, most) : stepTicks(range, most, whole);
    const strokes = lines.map(({ colour, dashed = false }, index) => ({
      points: drawn.lines[index] ?? [],
      colour,
      dashed,
    }));
    canvas.setOption(curveOption(strokes, range, ticks, drawn.axis, colours), { notMerge: true });
  }, [drawn, lines, range, byTime, whole, colours, chart, width, height, inner.width]);

  useZoomGestures(surface, selection, {
    range,
    full,
    shortest: (full[1] - full[0]) / 1e5,
    onZoom,
    onPoint: (at) => {
      if (at === undefined || at.x < MARGIN.left - 4 || at.x > width - MARGIN.right + 4) {
        hovered.set(undefined);
        return;
      }
      const share = Math.min(1, Math.max(0, (at.x - MARGIN.left) / inner.width));
      hovered.set({ place: range[0] + share * (range[1] - range[0]), chart: id });
    },
    onClick: () => {},
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = placed;
    const place = first && nextPlace(event.key, first, hovered.get()?.place);
    if (place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    hovered.set({ place, chart: id });
  };

  const told = useSyncExternalStore(keyboard ? hovered.subscribe : toNobody, hovered.get);
  const [point] = keyboard && told ? findPoints(lines, placed, told.place, range) : [];
  // Going through points by keyboard is what a slider does; its value is read out as it changes.
  const slider = keyboard
    ? {
        role: 'slider',
        tabIndex: 0,
        'aria-label': `${label} Arrow keys go through its points.`,
        'aria-valuemin': full[0],
        'aria-valuemax': full[1],
        'aria-valuenow': point?.place ?? full[0],
        'aria-valuetext': point ? `${point.say}: ${formatNumber(point.value)}` : 'no point',
        onKeyDown,
      }
    : {};

  return (
    <ChartSurface
      drawing={drawing}
      label={keyboard ? undefined : label}
      nothing={
        drawn.axis === undefined &&
        width > 0 && (
          <p className={classes.nothing}>
            {drawn.hidden > 0
              ? 'No value above zero: nothing to draw on a logarithmic scale'
              : zoomed
                ? 'No value in this range'
                : 'No value that can be drawn'}
          </p>
        )
      }
      {...slider}
    >
      {drawn.axis && width > 0 && (
        <CurveMarker
          id={id}
          lines={lines}
          placed={placed}
          range={range}
          axis={drawn.axis}
          log={log}
          width={width}
          height={height}
          hovered={hovered}
        />
      )}
    </ChartSurface>
  );
}
