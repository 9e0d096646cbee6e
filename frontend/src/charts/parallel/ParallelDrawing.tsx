import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import { chooseFormat, countOf, formatCount, formatNumber } from '../../formatting/numbers.ts';
import type { ChartPlace } from '../frame/ChartFrame.tsx';
import { drawnPicture } from '../frame/chartPicture.ts';
import type { Pen } from '../frame/pen.ts';
import { usePicture } from '../frame/usePicture.ts';
import type { RunChartProps } from '../runCharts.ts';
import type { Colouring } from '../runs/colouring.ts';
import { fitCanvas, useCanvas } from '../surface/useCanvas.ts';
import { AxisHandles } from './AxisHandles.tsx';
import { AxisHeaders } from './AxisHeaders.tsx';
import { moveAxis } from './axisEdits.ts';
import { mixedRows } from './lineOrder.ts';
import classes from './ParallelCoordinates.module.css';
import { NAMES_HEIGHT, paintNames } from './paintNames.ts';
import {
  AXIS_MARGIN,
  lineStyle,
  paintAxes,
  paintHovered,
  paintLabels,
  paintLines,
  paintMarked,
} from './paintParallel.ts';
import { drawingWidth, layOutAxes, writeValue } from './parallelAxes.ts';
import { useAxisGestures } from './useAxisGestures.ts';
import type { BrushState } from './useBrushes.ts';
import { useLineLayer } from './useLineLayer.ts';

export type ParallelDrawingProps = RunChartProps &
  ChartPlace &
  BrushState & {
    /** Names of columns, with a minus before those that are turned over. */
    axes: readonly string[];
    log: boolean;
    /** 1 for each run that passes the brushes, and how many do. */
    pass: Uint8Array;
    passed: number;
    colouring: Colouring | undefined;
    onAxesChange: (axes: readonly string[], told?: string) => void;
  };

/** The lines, in layers: all runs, those that pass, axes and compared runs, and the run under the pointer. */
export function ParallelDrawing(props: ParallelDrawingProps) {
  const { table, axes: names, log, pass, passed, brushes, setBrush, colouring, marked, colours } = props;
  const { hovered, onSelectRun, onAxesChange, picture, height: room } = props;
  const frame = useRef<HTMLDivElement>(null);
  const header = useRef<HTMLDivElement>(null);
  const behind = useRef<HTMLCanvasElement>(null);
  const front = useRef<HTMLCanvasElement>(null);
  const scene = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const { width: available } = useElementSize(frame);
  const { height: headerHeight } = useElementSize(header);
  const [dragged, setDragged] = useState<{ name: string; x: number }>();

  const width = available === 0 ? 0 : drawingWidth(names.length, available);
  const height = Math.max(160, room - Math.max(40, headerHeight) - 2 * AXIS_MARGIN - 14);
  const laidOut = useMemo(
    () => layOutAxes(table, names, { width, height, log }),
    [table, names, width, height, log],
  );
  const axes = useMemo(
    () =>
      dragged
        ? laidOut
            .map((axis) => (axis.name === dragged.name ? { ...axis, x: dragged.x } : axis))
            .sort((a, b) => a.x - b.x)
        : laidOut,
    [laidOut, dragged],
  );
  const outer = height + 2 * AXIS_MARGIN;
  const filtering = axes.some(({ name }) => brushes.has(name));
  const compared = marked.some((row) => row !== undefined);

  const order = useMemo(() => mixedRows(table.runIds.length), [table]);
  const passRows = useMemo(
    () => (passed === order.length ? order : order.filter((row) => pass[row] === 1)),
    [order, pass, passed],
  );
  // Behind compared runs, all others stand back; a brush still shows what it let through, and colours what they tell.
  const greyed = compared && !filtering && colouring === undefined;
  const colour = greyed ? colours.muted : (colouring ?? colours.accent);
  const paintBehind = useCallback(
    (pen: Pen, rows: Uint32Array) =>
      paintLines(pen, axes, rows, height, lineStyle(order.length, height, colours.muted, 0.4)),
    [axes, height, order, colours],
  );
  const paintFront = useCallback(
    (pen: Pen, rows: Uint32Array) =>
      paintLines(pen, axes, rows, height, lineStyle(passRows.length, height, colour)),
    [axes, height, passRows, colour],
  );
  const paintScene = useCallback(
    (pen: Pen) => {
      paintAxes(pen, axes, height, brushes, colours);
      paintMarked(pen, axes, height, marked, pass, colours);
      paintLabels(pen, axes, height, colours);
    },
    [axes, height, brushes, marked, pass, colours],
  );
  useLineLayer(behind, width, outer, filtering ? order : undefined, paintBehind);
  useLineLayer(front, width, outer, passRows, paintFront);
  useCanvas(scene, width, outer, paintScene);
  usePicture(picture, () =>
    width === 0
      ? undefined
      : drawnPicture(width, outer + NAMES_HEIGHT, (pen) => {
          paintNames(pen, axes, colours);
          pen.save();
          pen.translate(0, NAMES_HEIGHT);
          if (filtering) paintBehind(pen, order);
          paintFront(pen, passRows);
          paintScene(pen);
          pen.restore();
        }),
  );

  const formats = useMemo(
    () =>
      new Map(
        laidOut.flatMap((axis) =>
          axis.kind === 'number' ? [[axis.name, chooseFormat(axis.values.filter(Number.isFinite))]] : [],
        ),
      ),
    [laidOut],
  );
  useEffect(() => {
    const draw = (): void => {
      const context = fitCanvas(overlay.current, width, outer);
      const run = hovered.get();
      if (context === undefined || run === undefined) return;
      paintHovered(context, axes, run.row, height, colours, (axis) =>
        writeValue(axis, run.row, (value) => formatNumber(value, formats.get(axis.name))),
      );
    };
    draw();
    return hovered.subscribe(draw);
  }, [axes, colours, formats, hovered, width, height, outer]);

  const gestures = useAxisGestures({ axes, height, pass, brushes, setBrush, hovered, table, onSelectRun });
  const drag = (name: string, clientX: number | undefined): void => {
    const left = frame.current?.getBoundingClientRect().left;
    if (clientX !== undefined && left !== undefined) {
      setDragged({
        name,
        x: Math.min(width, Math.max(0, clientX - left + (frame.current?.scrollLeft ?? 0))),
      });
      return;
    }
    setDragged(undefined);
    if (dragged === undefined) return;
    const by = axes.findIndex((axis) => axis.name === name) - laidOut.findIndex((axis) => axis.name === name);
    // Axes that stand nowhere, for want of values, are passed over.
    if (by !== 0) onAxesChange(moveAxis(names, name, by));
  };

  return (
    <div ref={frame} className={classes.frame}>
      <div className={classes.drawing} style={{ width: width || undefined }}>
        <div ref={header}>
          <AxisHeaders
            {...props}
            names={names}
            axes={axes}
            gap={laidOut.length > 1 ? (laidOut[1]?.x ?? 0) - (laidOut[0]?.x ?? 0) : width}
            dragged={dragged?.name}
            onDrag={drag}
          />
        </div>
        <div className={classes.canvases} style={{ height: outer }}>
          <canvas ref={behind} aria-hidden />
          <canvas ref={front} aria-hidden />
          <canvas
            ref={scene}
            role="img"
            aria-label={`Parallel coordinates of ${countOf(axes.length, 'axis', 'axes')} and ${countOf(table.runIds.length, 'run')}; ${formatCount(passed)} pass the filters. The table behind the chart has every value.`}
          />
          <canvas ref={overlay} aria-hidden className={classes.overlay} {...gestures} />
          {axes.map((axis) => (
            <AxisHandles
              key={axis.name}
              axis={axis}
              brush={brushes.get(axis.name)}
              height={height}
              top={AXIS_MARGIN}
              onBrush={(brush, dragging) => setBrush(axis.name, brush, dragging)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
