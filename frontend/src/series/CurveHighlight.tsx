import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { ChartColours } from '../charts/runs/chartColours.ts';
import type { Range } from '../charts/scales/axes.ts';
import chart from '../charts/surface/ChartSurface.module.css';
import type { PlotArea } from '../charts/surface/paintAxes.ts';
import { useCanvas } from '../charts/surface/useCanvas.ts';
import classes from './CurveChart.module.css';
import type { CurveLine } from './curveLine.ts';
import type { HoveredLineStore } from './hoveredPlace.ts';
import { paintCurves } from './paintCurves.ts';
import type { DrawnLines } from './useDrawnLines.ts';

type CurveHighlightProps = {
  lines: readonly CurveLine[];
  drawn: DrawnLines;
  range: Range;
  area: PlotArea;
  width: number;
  height: number;
  colours: ChartColours;
  hoveredLine: HoveredLineStore;
};

/** Draws the line of the run that is pointed at above all others, which stand back. */
export function CurveHighlight({ hoveredLine, ...chart }: CurveHighlightProps) {
  const id = useSyncExternalStore(hoveredLine.subscribe, hoveredLine.get);
  const position = id === undefined ? -1 : chart.lines.findIndex((line) => line.id === id);
  return position < 0 ? null : <Highlighted {...chart} position={position} />;
}

type HighlightedProps = Omit<CurveHighlightProps, 'hoveredLine'> & { position: number };

function Highlighted({ drawn, range, area, width, height, colours, position }: HighlightedProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const line = drawn.painted[position];
      if (line === undefined || drawn.axis === undefined) return;
      const x = { low: range[0], high: range[1] };
      paintCurves(context, area, x, drawn.axis, [{ ...line, rank: 'front' }], colours);
    },
    [drawn, range, area, colours, position],
  );
  useCanvas(canvas, width, height, draw);
  return <canvas ref={canvas} className={`${chart.canvas} ${classes.highlight}`} aria-hidden />;
}
