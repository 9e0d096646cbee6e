import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import { chooseFormat, countOf, formatCount, formatNumber } from '../../formatting/numbers.ts';
import type { ChartPlace } from '../frame/ChartFrame.tsx';
import { drawnPicture } from '../frame/chartPicture.ts';
import { colourKeyHeight, paintColourKey } from '../frame/paintLegend.ts';
import type { Pen } from '../frame/pen.ts';
import { usePicture } from '../frame/usePicture.ts';
import type { RunChartProps } from '../runCharts.ts';
import type { HoveredStore } from '../runs/hoveredStore.ts';
import type { TitledColouring } from '../runs/useColouring.ts';
import { fitCanvas, useCanvas } from '../surface/useCanvas.ts';
import { AxisBands } from './AxisBands.tsx';
import { AxisHandles } from './AxisHandles.tsx';
import { AxisHeaders } from './AxisHeaders.tsx';
import { moveAxis } from './axisEdits.ts';
import { type Brush, type Brushes, passing } from './brushes.ts';
import { mixedRows } from './lineOrder.ts';
import classes from './ParallelCoordinates.module.css';
import { NAMES_HEIGHT, paintNames } from './paintNames.ts';
import {
  AXIS_MARGIN,
  lineStyle,
  paintAxes,
  paintBrushes,
  paintHovered,
  paintLabels,
  paintLines,
  paintMarked,
} from './paintParallel.ts';
import { drawingWidth, layOutAxes, type ParallelAxis, writeValue } from './parallelAxes.ts';
import { useAxisGestures } from './useAxisGestures.ts';
import { useLineLayer } from './useLineLayer.ts';

const NO_ROWS = new Uint32Array();

export type ParallelDrawingProps = RunChartProps &
  ChartPlace & {
    /** Names of columns, with a minus before those that are turned over. */
    axes: readonly string[];
    log: boolean;
    /** The brushes that the address keeps. */
    kept: Brushes;
    onKeep: (brushes: Brushes) => void;
    /** Takes how many runs pass while a brush is dragged. */
    live: HoveredStore<number>;
    colouring: TitledColouring | undefined;
    onAxesChange: (axes: readonly string[], told?: string) => void;
  };

/** The lines, in layers: all runs, those that pass, axes and compared runs, and the run under the pointer. */
export function ParallelDrawing(props: ParallelDrawingProps) {
  const { table, axes: names, log, kept, onKeep, live, colouring, marked, colours } = props;
  const { hovered, onSelectRun, onAxesChange, onSearchChange, picture, height: room } = props;
  const frame = useRef<HTMLDivElement>(null);
  const header = useRef<HTMLDivElement>(null);
  const behind = useRef<HTMLCanvasElement>(null);
  const front = useRef<HTMLCanvasElement>(null);
  const scene = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const { width: available } = useElementSize(frame);
  const { height: headerHeight } = useElementSize(header);
  const [dragged, setDragged] = useState<DraggedAxis>();
  // Where an axis is let go counts, also where that has not been drawn yet.
  const letGoAt = useRef<DraggedAxis>(undefined);

  const width = available === 0 ? 0 : drawingWidth(names.length, available);
  const height = Math.max(160, room - Math.max(40, headerHeight) - 2 * AXIS_MARGIN - 14);
  const laidOut = useMemo(
    () => layOutAxes(table, names, { width, height, log }),
    [table, names, width, height, log],
  );
  const axes = useMemo(() => withDragged(laidOut, dragged), [laidOut, dragged]);
  const outer = height + 2 * AXIS_MARGIN;

  // While a brush is dragged, only what is drawn here changes; the address and all else when it is let go.
  const [draft, setDraft] = useState<{ from: Brushes; brushes: Brushes }>();
  const brushes = draft?.from === kept ? draft.brushes : kept;
  const setBrush = (name: string, brush: Brush | undefined, dragging = false): void => {
    const next = new Map(brushes);
    if (brush === undefined) next.delete(name);
    else next.set(name, brush);
    setDraft({ from: kept, brushes: next });
    if (!dragging) onKeep(next);
  };
  const pass = useMemo(() => passing(laidOut, brushes, table.runIds.length), [laidOut, brushes, table]);
  const passed = useMemo(() => pass.reduce((sum, one) => sum + one, 0), [pass]);
  const filtering = axes.some(({ name }) => brushes.has(name));
  useEffect(
    () => live.set(filtering && brushes !== kept ? passed : undefined),
    [live, filtering, brushes, kept, passed],
  );

  const order = useMemo(() => mixedRows(table.runIds.length), [table]);
  const passRows = useMemo(
    () => (passed === order.length ? order : order.filter((row) => pass[row] === 1)),
    [order, pass, passed],
  );
  const compared = marked.some((row) => row !== undefined);
  // Behind compared runs, all others stand back; a brush still shows what it let through, and colours what they tell.
  const greyed = compared && !filtering && colouring === undefined;
  const colour = greyed ? colours.muted : (colouring ?? colours.accent);
  const behindRows = filtering ? order : NO_ROWS;
  useLineLayer(behind, width, { axes, rows: behindRows, height, colour: colours.muted, strength: 0.6 });
  useLineLayer(front, width, { axes, rows: passRows, height, colour, strength: 1 });
  const shownPass = compared ? pass : undefined;
  const paintScene = useCallback(
    (pen: Pen) => {
      paintAxes(pen, axes, height, colours);
      paintMarked(pen, axes, height, marked, shownPass, colours);
      paintLabels(pen, axes, height, colours);
    },
    [axes, height, marked, shownPass, colours],
  );
  useCanvas(scene, width, outer, paintScene);
  const keyHeight = colouring ? colourKeyHeight(colouring.legend, width) : 0;
  usePicture(picture, () =>
    width === 0
      ? undefined
      : drawnPicture(width, outer + NAMES_HEIGHT + keyHeight, (pen) => {
          if (colouring) {
            paintColourKey(pen, colouring.title, colouring.legend, outer + NAMES_HEIGHT, width, colours);
          }
          paintNames(pen, axes, colours);
          pen.save();
          pen.translate(0, NAMES_HEIGHT);
          paintLines(pen, axes, behindRows, height, lineStyle(order.length, height, colours.muted, 0.5));
          paintLines(pen, axes, passRows, height, lineStyle(passRows.length, height, colour));
          paintScene(pen);
          paintBrushes(pen, axes, height, brushes, colours);
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
      const x = Math.min(width, Math.max(0, clientX - left + (frame.current?.scrollLeft ?? 0)));
      letGoAt.current = { name, x };
      setDragged({ name, x });
      return;
    }
    setDragged(undefined);
    if (letGoAt.current === undefined) return;
    const placeIn = (order: readonly ParallelAxis[]) => order.findIndex((axis) => axis.name === name);
    const by = placeIn(withDragged(laidOut, letGoAt.current)) - placeIn(laidOut);
    letGoAt.current = undefined;
    // Axes that stand nowhere, for want of values, are passed over.
    if (by !== 0) onAxesChange(moveAxis(names, name, by));
  };

  return (
    <div ref={frame} className={classes.frame}>
      <div className={classes.drawing} style={{ width: width || undefined }}>
        <div ref={header}>
          <AxisHeaders
            names={names}
            axes={axes}
            brushes={brushes}
            setBrush={setBrush}
            onAxesChange={onAxesChange}
            onSearchChange={onSearchChange}
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
          {axes.map((axis) => (
            <AxisBands key={axis.name} axis={axis} brush={brushes.get(axis.name)} height={height} />
          ))}
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

/** An axis that is being dragged, and where it is, in pixels from the left of the drawing. */
type DraggedAxis = { name: string; x: number };

function withDragged(
  axes: readonly ParallelAxis[],
  dragged: DraggedAxis | undefined,
): readonly ParallelAxis[] {
  if (dragged === undefined) return axes;
  return axes
    .map((axis) => (axis.name === dragged.name ? { ...axis, x: dragged.x } : axis))
    .toSorted((one, other) => one.x - other.x);
}
