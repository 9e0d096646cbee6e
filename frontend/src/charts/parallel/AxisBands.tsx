import { type Brush, spansOf } from './brushes.ts';
import classes from './ParallelCoordinates.module.css';
import { AXIS_MARGIN, bandOf } from './paintParallel.ts';
import type { ParallelAxis } from './parallelAxes.ts';

type AxisBandsProps = { axis: ParallelAxis; brush: Brush | undefined; height: number };

/** What is brushed of an axis. Elements, so that the axes need not be drawn again while a brush is dragged. */
export function AxisBands({ axis, brush, height }: AxisBandsProps) {
  if (brush === undefined) return null;
  return spansOf(axis, brush).map((span) => {
    const { top, size } = bandOf(axis, span, height);
    return (
      <div
        key={span[0]}
        className={classes.band}
        style={{ left: axis.x, top: AXIS_MARGIN + top, height: size }}
        aria-hidden
      />
    );
  });
}
