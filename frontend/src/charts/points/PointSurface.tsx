import { type ReactNode, type RefObject, useRef } from 'react';
import { drawnPicture } from '../frame/chartPicture.ts';
import type { Pen } from '../frame/pen.ts';
import { type PictureRef, usePicture } from '../frame/usePicture.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import classes from '../surface/ChartSurface.module.css';
import { useCanvas } from '../surface/useCanvas.ts';
import { HoveredPoint } from './HoveredPoint.tsx';
import type { PlacedPoints } from './paintPoints.ts';

type PointSurfaceProps = {
  /** Takes the pointer. */
  surface: RefObject<HTMLDivElement | null>;
  /** In pixels; the width is 0 until it is known. */
  width: number;
  height: number;
  /** The chart in words, for those who do not see it. */
  label: string;
  points: PlacedPoints;
  /** The same function as long as it draws the same. */
  paint: (pen: Pen) => void;
  picture: PictureRef;
  hovered: HoveredRunStore;
  colours: ChartColours;
  /** Stands above the drawing. */
  children?: ReactNode;
};

/** A drawing with a point a run, in which the run under the pointer is marked. */
export function PointSurface(props: PointSurfaceProps) {
  const { surface, width, height, label, points, paint, picture, hovered, colours, children } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useCanvas(canvas, width, height, paint);
  usePicture(picture, () => (width === 0 ? undefined : drawnPicture(width, height, paint)));
  return (
    <div ref={surface} className={classes.surface} style={{ height }}>
      <canvas ref={canvas} className={classes.canvas} role="img" aria-label={label} />
      <HoveredPoint points={points} hovered={hovered} width={width} height={height} colours={colours} />
      {children}
    </div>
  );
}
