import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import { useCanvas } from '../surface/useCanvas.ts';
import { type PlacedPoints, paintHovered } from './paintScatter.ts';

type HoveredPointProps = {
  points: PlacedPoints;
  hovered: HoveredRunStore;
  width: number;
  height: number;
  colours: ChartColours;
  className: string | undefined;
};

/** Marks the run that is pointed at, wherever that is. */
export function HoveredPoint({ points, hovered, width, height, colours, className }: HoveredPointProps) {
  const row = useSyncExternalStore(hovered.subscribe, () => hovered.get()?.row);
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (row !== undefined) paintHovered(context, points, row, colours);
    },
    [points, row, colours],
  );
  useCanvas(canvas, width, height, draw);
  return <canvas ref={canvas} className={className} aria-hidden />;
}
