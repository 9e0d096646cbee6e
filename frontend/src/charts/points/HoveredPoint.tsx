import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import classes from '../surface/ChartSurface.module.css';
import { useCanvas } from '../surface/useCanvas.ts';
import { type PlacedPoints, paintHoveredPoint } from './paintPoints.ts';

type HoveredPointProps = {
  points: PlacedPoints;
  hovered: HoveredRunStore;
  width: number;
  height: number;
  colours: ChartColours;
};

/** Marks the run that is pointed at, wherever that is. */
export function HoveredPoint({ points, hovered, width, height, colours }: HoveredPointProps) {
  const row = useSyncExternalStore(hovered.subscribe, () => hovered.get()?.row);
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (row !== undefined) paintHoveredPoint(context, points, row, colours);
    },
    [points, row, colours],
  );
  useCanvas(canvas, width, height, draw);
  return <canvas ref={canvas} className={classes.canvas} aria-hidden />;
}
