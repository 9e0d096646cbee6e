import { useCallback, useMemo, useRef } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import type { ChartPlace } from '../frame/ChartFrame.tsx';
import { drawnPicture } from '../frame/chartPicture.ts';
import type { Pen } from '../frame/pen.ts';
import { usePicture } from '../frame/usePicture.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { HoveredPoint } from '../scatter/HoveredPoint.tsx';
import { PointGrid } from '../scatter/PointGrid.ts';
import { useCanvas } from '../surface/useCanvas.ts';
import { usePointGestures } from '../surface/usePointGestures.ts';
import type { Bins } from './bins.ts';
import classes from './Distribution.module.css';
import type { RunGroups } from './groups.ts';
import { layOutDistribution, type SummarisedGroup } from './layOut.ts';
import { paintDistribution } from './paintDistribution.ts';

/** How near to a point the pointer must be, in pixels. */
const REACH = 10;

type DistributionDrawingProps = ChartPlace & {
  /** The chart in words, for those who do not see it. */
  label: string;
  scale: ColumnScale;
  groups: RunGroups;
  summaries: readonly SummarisedGroup[];
  bins: Bins;
  marked: readonly (number | undefined)[];
  hovered: HoveredRunStore;
  /** What is told of the run under the pointer. */
  told: readonly string[];
  colours: ChartColours;
  onRun: (row: number) => void;
};

/** A histogram, boxes and points over one axis, drawn on a canvas. */
export function DistributionDrawing(props: DistributionDrawingProps) {
  const { label, scale, groups, summaries, bins, marked, hovered, told, colours, onRun } = props;
  const { height, picture } = props;
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useElementSize(surface);
  const layout = useMemo(
    () => layOutDistribution(scale, groups, summaries, bins, width, height),
    [scale, groups, summaries, bins, width, height],
  );
  const grid = useMemo(() => new PointGrid(layout.points.x, layout.points.y), [layout]);
  const paint = useCallback(
    (pen: Pen) => paintDistribution(pen, { layout, scale, groups: groups.groups, marked, colours }),
    [layout, scale, groups, marked, colours],
  );
  useCanvas(canvas, width, height, paint);
  usePicture(picture, () => (width === 0 ? undefined : drawnPicture(width, height, paint)));
  usePointGestures(surface, {
    onPoint: (at) => {
      const row = at && grid.nearest(at.x, at.y, REACH);
      hovered.set(
        row === undefined || at === undefined
          ? undefined
          : { row, columns: told, clientX: at.clientX, clientY: at.clientY },
      );
    },
    onClick: () => {
      const row = hovered.get()?.row;
      if (row !== undefined) onRun(row);
    },
  });
  return (
    <div ref={surface} className={classes.surface} style={{ height }}>
      <canvas ref={canvas} className={classes.canvas} role="img" aria-label={label} />
      <HoveredPoint
        points={layout.points}
        hovered={hovered}
        width={width}
        height={height}
        colours={colours}
        className={classes.canvas}
      />
    </div>
  );
}
