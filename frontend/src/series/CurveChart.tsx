import { type KeyboardEvent, useCallback, useMemo, useSyncExternalStore } from 'react';
import { drawnPicture } from '../charts/frame/chartPicture.ts';
import { legendHeight, paintLegend } from '../charts/frame/paintLegend.ts';
import type { Pen } from '../charts/frame/pen.ts';
import { type PictureRef, usePicture } from '../charts/frame/usePicture.ts';
import type { ChartColours } from '../charts/runs/chartColours.ts';
import { type AxisTick, durationTicks, type Range, stepTicks } from '../charts/scales/axes.ts';
import { timeTicks } from '../charts/scales/timeTicks.ts';
import chart from '../charts/surface/ChartSurface.module.css';
import { paintAxes } from '../charts/surface/paintAxes.ts';
import { useCanvas } from '../charts/surface/useCanvas.ts';
import { useChartSurface } from '../charts/surface/useChartSurface.ts';
import { useZoomGestures } from '../charts/surface/useZoomGestures.ts';
import { formatNumber } from '../formatting/numbers.ts';
import classes from './CurveChart.module.css';
import { CurveHighlight } from './CurveHighlight.tsx';
import { CurveMarker } from './CurveMarker.tsx';
import type { CurveLine } from './curveLine.ts';
import { type CurveAxis, fullRange, placeCurve, toHeight } from './drawnCurve.ts';
import { findPoints, nearestLine } from './foundPoint.ts';
import type { HoveredLineStore, HoveredPlaceStore } from './hoveredPlace.ts';
import { nextPlace } from './nextPlace.ts';
import { paintCurves } from './paintCurves.ts';
import { useDrawnLines } from './useDrawnLines.ts';

const MOST_PLACE_TICKS = 5;
/** Room that a label below the axis takes, in pixels. */
const PLACE_TICK_WIDTH = 64;

/** How far above or below a line it is still pointed at, in pixels. */
const LINE_REACH = 18;

const NOTHING_TO_DRAW: Range = [0, 1];

const toNobody = () => () => {};

export type CurveChartProps = {
  /** Names the chart among those that share `hovered`. */
  id: string;
  /** The chart in words, for those who do not see it. */
  label: string;
  lines: readonly CurveLine[];
  axis: CurveAxis;
  log: boolean;
  /** The weight of the moving average; 0 for none. */
  smoothing: number;
  /** What is zoomed into; undefined for all of it. */
  zoomed: Range | undefined;
  onZoom: (range: Range | undefined) => void;
  hovered: HoveredPlaceStore;
  /** Of which run a line is pointed at, where there are several. */
  hoveredLine?: HoveredLineStore;
  onLineClick?: (id: string) => void;
  colours: ChartColours;
  height: number;
  /** Whether one goes through the points of the first line with the arrow keys. */
  keyboard?: boolean;
  picture?: PictureRef;
};

/** Curves on one pair of axes, drawn on a canvas; the place under the pointer is marked in all charts that share it. */
export function CurveChart(props: CurveChartProps) {
  const { id, label, lines, axis, log, smoothing, zoomed, onZoom, hovered, colours, height } = props;
  const { hoveredLine, onLineClick, keyboard, picture } = props;
  const { surface, canvas, selection, width, area } = useChartSurface(height);

  const placed = useMemo(
    () => lines.map(({ points, runStart }) => placeCurve(points, axis, runStart)),
    [lines, axis],
  );
  const full = useMemo(() => fullRange(placed) ?? NOTHING_TO_DRAW, [placed]);
  const range = zoomed ?? full;
  const drawn = useDrawnLines({ lines, placed, range, width: area.width, log, smoothing });
  const ticks = usePlaceTicks(lines, axis, range, area.width);

  const paint = useCallback(
    (pen: Pen) => {
      if (drawn.axis === undefined) return;
      const x = { low: range[0], high: range[1], ticks };
      paintAxes(pen, area, x, drawn.axis, colours);
      paintCurves(pen, area, x, drawn.axis, drawn.painted, colours);
    },
    [drawn, range, ticks, area, colours],
  );
  useCanvas(canvas, width, height, paint);
  usePicture(picture, () => {
    if (drawn.axis === undefined || width === 0) return undefined;
    const entries = lines.map(({ name, colour, dashed = false }) => ({ name, colour, dashed }));
    return drawnPicture(width, height + legendHeight(entries, width), (pen) => {
      paint(pen);
      paintLegend(pen, entries, height, width, colours);
    });
  });

  const point = (at: { x: number; y: number } | undefined): void => {
    if (at === undefined || at.x < area.left - 4 || at.x > area.left + area.width + 4) {
      hovered.set(undefined);
      hoveredLine?.set(undefined);
      return;
    }
    const share = Math.min(1, Math.max(0, (at.x - area.left) / area.width));
    const place = range[0] + share * (range[1] - range[0]);
    if (drawn.axis === undefined) {
      hovered.set({ place, chart: id });
      return;
    }
    const { low, high } = drawn.axis;
    const unit = (high - low) / area.height;
    const pointed = high - (at.y - area.top) * unit;
    hovered.set({ place, chart: id, height: pointed });
    if (lines.length < 2) return;
    const line = nearestLine(lines, drawn.curves, place, pointed, range, LINE_REACH * unit, (value) =>
      toHeight(value, log),
    );
    hoveredLine?.set(line?.id);
  };
  useZoomGestures(surface, selection, {
    range,
    full,
    shortest: (full[1] - full[0]) / 1e5,
    onZoom,
    onPoint: point,
    onClick: () => {
      const line = hoveredLine?.get();
      if (line !== undefined) onLineClick?.(line);
    },
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
  const [found] = keyboard && told ? findPoints(lines, drawn.curves, told.place, range) : [];
  // Going through points by keyboard is what a slider does; its value is read out as it changes.
  const slider = keyboard
    ? {
        role: 'slider',
        tabIndex: 0,
        'aria-label': `${label} Arrow keys go through its points.`,
        'aria-valuemin': full[0],
        'aria-valuemax': full[1],
        'aria-valuenow': found?.place ?? full[0],
        'aria-valuetext': found ? `${found.say}: ${formatNumber(found.value)}` : 'no point',
        onKeyDown,
      }
    : {};
  const nothing = drawn.axis === undefined && width > 0;
  return (
    <div ref={surface} className={`${chart.surface} ${classes.surface}`} style={{ height }} {...slider}>
      <canvas
        ref={canvas}
        className={`${chart.canvas} ${classes.canvas}`}
        {...(keyboard ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      />
      {drawn.axis && width > 0 && (
        <>
          {hoveredLine && lines.length > 1 && (
            <CurveHighlight
              lines={lines}
              drawn={drawn}
              range={range}
              area={area}
              width={width}
              height={height}
              colours={colours}
              hoveredLine={hoveredLine}
            />
          )}
          <CurveMarker
            id={id}
            lines={lines}
            curves={drawn.curves}
            range={range}
            axis={drawn.axis}
            area={area}
            log={log}
            width={width}
            hovered={hovered}
            hoveredLine={hoveredLine}
          />
        </>
      )}
      <div
        ref={selection}
        className={chart.selection}
        style={{ top: area.top, height: area.height }}
        hidden
      />
      {nothing && (
        <p className={`${chart.nothing} ${classes.nothing}`}>
          {drawn.hidden > 0
            ? 'No value above zero: nothing to draw on a logarithmic scale'
            : zoomed
              ? 'No value in this range'
              : 'No value that can be drawn'}
        </p>
      )}
    </div>
  );
}

function usePlaceTicks(
  lines: readonly CurveLine[],
  axis: CurveAxis,
  range: Range,
  width: number,
): readonly AxisTick[] {
  const byTime = axis !== 'step' && lines.some(({ points }) => points.times !== undefined);
  const whole = useMemo(
    () => lines.every(({ points }) => points.steps.every((step) => Number.isInteger(step))),
    [lines],
  );
  return useMemo(() => {
    const most = Math.max(2, Math.min(MOST_PLACE_TICKS, Math.floor(width / PLACE_TICK_WIDTH)));
    if (!byTime) return stepTicks(range, most, whole);
    if (axis === 'time') return durationTicks(range, most);
    return timeTicks(range, most).map(({ time, label }) => ({ at: time, label }));
  }, [byTime, axis, range, width, whole]);
}
