import { useCallback, useMemo, useRef } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import type { ChartPlace } from '../frame/ChartFrame.tsx';
import type { Pen } from '../frame/pen.ts';
import { PointSurface } from '../points/PointSurface.tsx';
import { usePointedRuns } from '../points/usePointedRuns.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { usePointGestures } from '../surface/usePointGestures.ts';
import type { Bins } from './bins.ts';
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
  /** By row. */
  runIds: readonly string[];
  onSelectRun: (id: string) => void;
};

/** A histogram, boxes and points over one axis, drawn on a canvas. */
export function DistributionDrawing(props: DistributionDrawingProps) {
  const { label, scale, groups, summaries, bins, marked, hovered, told, colours } = props;
  const { height, picture, runIds, onSelectRun } = props;
  const surface = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(surface);
  const layout = useMemo(
    () => layOutDistribution(scale, groups, summaries, bins, width, height),
    [scale, groups, summaries, bins, width, height],
  );
  const { points } = layout;
  const paint = useCallback(
    (pen: Pen) => paintDistribution(pen, { layout, scale, groups: groups.groups, marked, colours }),
    [layout, scale, groups, marked, colours],
  );
  const { gestures } = usePointedRuns({ points, reach: REACH, hovered, told, runIds, onSelectRun });
  usePointGestures(surface, gestures);
  return <PointSurface {...{ surface, width, height, label, points, paint, picture, hovered, colours }} />;
}
