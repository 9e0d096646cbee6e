import { Button, Group, Text } from '@mantine/core';
import { useMediaQuery, useViewportSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { useElementSize } from '../../components/useElementSize.ts';
import { countOf, formatCount, formatNumber } from '../../formatting/numbers.ts';
import { groupByDataset } from '../metrics/metricSelection.ts';
import type { MetricTable } from '../metricTable.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import { AxisName } from './AxisName.tsx';
import { AXIS_MARGIN, drawHovered, drawParallel } from './drawParallel.ts';
import classes from './ParallelCoordinates.module.css';
import {
  type Brush,
  type BrushDrag,
  type Brushes,
  dragBrush,
  drawingWidth,
  layOutAxes,
  nearestLine,
  passing,
  SIDE,
  shortenMiddle,
  startBrush,
} from './parallelAxes.ts';

/** Height of the axes in pixels: what the window leaves, within limits. */
const LOWEST = 300;
const HIGHEST = 620;
const AROUND = 370;

/** How near the pointer must be, in pixels: to an axis to brush it, to a line to point at its run. */
const AXIS_REACH = 12;
const LINE_REACH = 14;

export type ParallelCoordinatesProps = {
  table: MetricTable;
  /** Rows of the compared runs, in the order of the comparison; undefined for one that this table lacks. */
  marked: readonly (number | undefined)[];
  hovered: HoveredRunStore;
  colours: ChartColours;
  onSelectRun: (id: string) => void;
};

/** Every run as a line over one axis a metric; a drag along an axis filters the runs. */
export function ParallelCoordinates({
  table,
  marked,
  hovered,
  colours,
  onSelectRun,
}: ParallelCoordinatesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const { width: available } = useElementSize(frame);
  const [brushes, setBrushes] = useState<Brushes>(new Map());
  const [dragging, setDragging] = useState(false);

  const touch = useMediaQuery('(pointer: coarse)');
  const { height: windowHeight } = useViewportSize();
  const height = Math.min(HIGHEST, Math.max(LOWEST, windowHeight - AROUND));
  const width = drawingWidth(table.series.length, available);
  const axes = useMemo(() => layOutAxes(table, width), [table, width]);
  const pass = useMemo(() => passing(axes, brushes, table.runIds.length), [axes, brushes, table]);
  const passed = useMemo(() => pass.reduce((sum, one) => sum + one, 0), [pass]);
  const formats = useMemo(() => new Map(table.series.map(({ id, format }) => [id, format])), [table]);
  const filtering = axes.some(({ metric }) => brushes.has(metric));

  useEffect(() => {
    const context = prepare(base.current, width, height);
    if (context === null || available === 0) return;
    const request = requestAnimationFrame(() => {
      drawParallel(context, { axes, height, pass, brushes, marked, colours, draft: dragging });
    });
    return () => cancelAnimationFrame(request);
  }, [axes, pass, brushes, marked, colours, dragging, width, height, available]);

  useEffect(() => {
    const draw = (): void => {
      const context = prepare(overlay.current, width, height);
      const run = hovered.get();
      if (context === null || run === undefined) return;
      drawHovered(context, axes, run.row, height, colours, ({ metric }, value) =>
        formatNumber(value, formats.get(metric)),
      );
    };
    draw();
    return hovered.subscribe(draw);
  }, [axes, colours, formats, hovered, width, height]);

  const setBrush = (metric: string, brush: Brush | undefined): void =>
    setBrushes((last) => {
      const next = new Map(last);
      if (brush === undefined) next.delete(metric);
      else next.set(metric, brush);
      return next;
    });

  const drag = useRef<{ axis: number; start: BrushDrag; y: number; moved: boolean }>(undefined);
  const placeOf = (event: React.PointerEvent<HTMLCanvasElement>): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top - AXIS_MARGIN };
  };
  const axisNear = (x: number): number => axes.findIndex((axis) => Math.abs(axis.x - x) <= AXIS_REACH);

  const down = (event: React.PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return;
    const { x, y } = placeOf(event);
    const near = axisNear(x);
    const axis = axes[near];
    if (axis === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = {
      axis: near,
      start: startBrush(axis, brushes.get(axis.metric), y, height),
      y,
      moved: false,
    };
  };
  const move = (event: React.PointerEvent<HTMLCanvasElement>): void => {
    const { x, y } = placeOf(event);
    const dragged = drag.current;
    const axis = dragged && axes[dragged.axis];
    if (dragged && axis) {
      if (Math.abs(y - dragged.y) < 3 && !dragged.moved) return;
      dragged.moved = true;
      setDragging(true);
      hovered.set(undefined);
      setBrush(axis.metric, dragBrush(axis, dragged.start, y, height));
      return;
    }
    const near = axisNear(x);
    event.currentTarget.style.cursor = near === -1 ? 'default' : 'ns-resize';
    const row = nearestLine(axes, pass, { x, y }, height, LINE_REACH);
    if (row === undefined) {
      hovered.set(undefined);
      return;
    }
    if (near === -1) event.currentTarget.style.cursor = 'pointer';
    const metric = nearestAxis(axes, row, x)?.metric ?? '';
    hovered.set({ row, metric, clientX: event.clientX, clientY: event.clientY });
  };
  const up = (): void => {
    const dragged = drag.current;
    drag.current = undefined;
    setDragging(false);
    const axis = dragged && axes[dragged.axis];
    if (axis && dragged.moved) return;
    // A click on a brushed axis takes the brush away.
    if (axis && brushes.has(axis.metric)) {
      setBrush(axis.metric, undefined);
      return;
    }
    const run = hovered.get();
    const id = run && table.runIds[run.row];
    if (id !== undefined) onSelectRun(id);
  };

  const [first, second] = axes;
  const gap = first && second ? second.x - first.x : width;
  const nameWidth = Math.min(gap - 8, 2 * SIDE - 4);
  let column = 1;
  return (
    <div>
      <Group justify="space-between" mih={32} mb="xs" gap="xs">
        <Text size="sm" c="dimmed">
          {filtering
            ? `${formatCount(passed)} of ${countOf(table.runIds.length, 'run')} pass the filters`
            : touch
              ? 'Tap on the name of an axis to filter the runs.'
              : 'Drag along an axis to filter the runs; click on its name to type the limits.'}
        </Text>
        {filtering && (
          <Button size="xs" variant="default" onClick={() => setBrushes(new Map())}>
            Clear filters
          </Button>
        )}
      </Group>
      <div ref={frame} className={classes.frame}>
        <div className={classes.drawing} style={{ width }}>
          {axes.length > 0 && (
            <div
              className={classes.names}
              style={{
                gridTemplateColumns: `repeat(${axes.length}, ${gap}px)`,
                marginLeft: (first?.x ?? 0) - gap / 2,
                width: gap * axes.length,
              }}
            >
              {groupByDataset(axes.map((axis) => ({ ...axis, id: axis.metric }))).map(
                ({ dataset, metrics }) => {
                  const start = column;
                  column += metrics.length;
                  const room = metrics.length === 1 ? nameWidth : gap * (metrics.length - 1) + nameWidth;
                  return (
                    <div
                      key={dataset}
                      className={classes.dataset}
                      style={{ gridColumn: `${start} / ${column}`, width: room }}
                      title={dataset}
                    >
                      <BreakableName name={shortenMiddle(dataset, Math.floor(room / 7) * 3)} />
                    </div>
                  );
                },
              )}
              {axes.map((axis) => (
                <AxisName
                  key={axis.metric}
                  axis={axis}
                  width={nameWidth}
                  brush={brushes.get(axis.metric)}
                  onBrush={(brush) => setBrush(axis.metric, brush)}
                />
              ))}
            </div>
          )}
          <div className={classes.canvases} style={{ height: height + 2 * AXIS_MARGIN }}>
            <canvas
              ref={base}
              role="img"
              aria-label={`Parallel coordinates of ${countOf(axes.length, 'metric')} and ${countOf(table.runIds.length, 'run')}; ${formatCount(passed)} pass the filters. The table view has every value.`}
            />
            <canvas
              ref={overlay}
              aria-hidden
              onPointerDown={down}
              onPointerMove={move}
              onPointerUp={up}
              onPointerLeave={() => drag.current === undefined && hovered.set(undefined)}
              onPointerCancel={() => {
                drag.current = undefined;
                setDragging(false);
                hovered.set(undefined);
              }}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

/** The axis nearest to `x` on which the run has a value. */
function nearestAxis<Axis extends { x: number; values: Float64Array }>(
  axes: readonly Axis[],
  row: number,
  x: number,
): Axis | undefined {
  return axes
    .filter(({ values }) => !Number.isNaN(values[row] ?? Number.NaN))
    .reduce<Axis | undefined>(
      (best, axis) => (best === undefined || Math.abs(axis.x - x) < Math.abs(best.x - x) ? axis : best),
      undefined,
    );
}

/** Clears a canvas and fits it to the screen's pixels. */
function prepare(
  canvas: HTMLCanvasElement | null,
  width: number,
  axisHeight: number,
): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d') ?? null;
  if (canvas === null || context === null) return null;
  const height = axisHeight + 2 * AXIS_MARGIN;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
