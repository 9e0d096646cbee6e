import type { HTMLAttributes, ReactNode } from 'react';
import classes from './ChartSurface.module.css';
import type { ChartPlace } from './useChartSurface.ts';

type ChartSurfaceProps = HTMLAttributes<HTMLDivElement> & {
  place: ChartPlace;
  /** The chart in words, for those who do not see it. */
  label: string;
  /** Marks what is under the pointer. */
  children: ReactNode;
  /** Stands in the middle of a chart that has nothing to draw. */
  nothing: ReactNode;
};

/** What takes the pointer over a chart: the drawing, the marker above it and the band of the range that is dragged. */
export function ChartSurface({ place, label, children, nothing, ...attributes }: ChartSurfaceProps) {
  const { surface, canvas, selection, area, height } = place;
  return (
    <div ref={surface} className={classes.surface} style={{ height }} {...attributes}>
      <canvas ref={canvas} className={classes.canvas} role="img" aria-label={label} />
      {children}
      <div
        ref={selection}
        className={classes.selection}
        style={{ top: area.top, height: area.height }}
        hidden
      />
      {nothing && <div className={classes.nothing}>{nothing}</div>}
    </div>
  );
}
