import type { HTMLAttributes, ReactNode } from 'react';
import classes from './ChartSurface.module.css';
import { MARGIN } from './margin.ts';
import type { ChartDrawing } from './useChartDrawing.ts';

type ChartSurfaceProps = HTMLAttributes<HTMLDivElement> & {
  drawing: ChartDrawing;
  /** The chart in words, for those who do not see it; undefined where the frame itself tells of it. */
  label: string | undefined;
  /** Marks what is under the pointer. */
  children: ReactNode;
  /** Stands in the middle of a chart that has nothing to draw. */
  nothing: ReactNode;
};

/** What takes the pointer over a chart: the drawing, the marker above it and the band of the range that is dragged. */
export function ChartSurface({ drawing, label, children, nothing, ...attributes }: ChartSurfaceProps) {
  const { surface, canvas, selection, inner, height } = drawing;
  return (
    <div ref={surface} className={classes.surface} style={{ height }} {...attributes}>
      <div
        ref={canvas}
        className={classes.canvas}
        {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      />
      {children}
      <div
        ref={selection}
        className={classes.selection}
        style={{ top: MARGIN.top, height: inner.height }}
        hidden
      />
      {nothing && <div className={classes.nothing}>{nothing}</div>}
    </div>
  );
}
