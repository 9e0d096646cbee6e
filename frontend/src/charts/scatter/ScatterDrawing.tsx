import { useCallback, useMemo, useRef, useState } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import type { RunColumnData } from '../../data/runTable/runTable.ts';
import type { ChartPlace } from '../frame/ChartFrame.tsx';
import type { Pen } from '../frame/pen.ts';
import { PointSurface } from '../points/PointSurface.tsx';
import { usePointedRuns } from '../points/usePointedRuns.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { paintScatter } from './paintScatter.ts';
import { placePoints } from './placePoints.ts';
import classes from './Scatter.module.css';
import type { Trend } from './trend.ts';
import { type AreaShape, useAreaGestures } from './useAreaGestures.ts';

/** How near to a point the pointer must be, in pixels. */
const REACH = 14;

const TOP = 26;
const BOTTOM = 44;
const RIGHT = 16;

type ScatterDrawingProps = ChartPlace & {
  /** The chart in words, for those who do not see it. */
  label: string;
  x: ColumnScale;
  y: ColumnScale;
  size: RunColumnData | undefined;
  places: Uint16Array | undefined;
  palette: readonly string[];
  marked: readonly (number | undefined)[];
  pinned: number | undefined;
  trend: Trend | undefined;
  front: readonly number[];
  hovered: HoveredRunStore;
  /** What is told of the run under the pointer. */
  told: readonly string[];
  colours: ChartColours;
  shape: AreaShape;
  /** By row. */
  runIds: readonly string[];
  onSelectRun: (id: string) => void;
  onArea: (rows: readonly number[]) => void;
};

/** The points on their axes, drawn on a canvas. */
export function ScatterDrawing(props: ScatterDrawingProps) {
  const { label, x, y, size, height, picture, hovered, told, colours, shape, onArea } = props;
  const { places, palette, marked, pinned, trend, front, runIds, onSelectRun } = props;
  const surface = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(surface);
  const left = leftOf(y, width);
  const area = useMemo(
    () => ({
      left,
      top: TOP,
      width: Math.max(1, width - left - RIGHT),
      height: Math.max(1, height - TOP - BOTTOM),
    }),
    [left, width, height],
  );
  const points = useMemo(() => placePoints(x, y, size, area), [x, y, size, area]);
  const paint = useCallback(
    (pen: Pen) =>
      paintScatter(pen, {
        ...{ area, x: titled(x), y: titled(y), points, places, palette },
        ...{ marked, pinned, trend, front, colours },
      }),
    [area, x, y, points, places, palette, marked, pinned, trend, front, colours],
  );

  const [drawnArea, setDrawnArea] = useState<readonly (readonly [number, number])[]>();
  const { grid, gestures } = usePointedRuns({ points, reach: REACH, hovered, told, runIds, onSelectRun });
  useAreaGestures(surface, {
    ...gestures,
    shape,
    onDraw: setDrawnArea,
    onArea: (polygon) => onArea(grid.within(polygon)),
  });
  return (
    <PointSurface {...{ surface, width, height, label, points, paint, picture, hovered, colours }}>
      {drawnArea && (
        <svg className={classes.area} width={width} height={height} aria-hidden>
          <title>The area that is drawn</title>
          <polygon points={drawnArea.map((place) => place.join()).join(' ')} />
        </svg>
      )}
    </PointSurface>
  );
}

/** Room for the names of categories; numbers are short. */
function leftOf({ kind, labels }: ColumnScale, width: number): number {
  if (kind !== 'category') return 58;
  const longest = Math.max(...labels.map((label) => label.length));
  return Math.max(58, Math.min(160, width * 0.3, longest * 6.4 + 14));
}

/** The axis with its name, as it stands in the chart. */
function titled(scale: ColumnScale): ColumnScale {
  return { ...scale, title: scale.log ? `${scale.title} (log)` : scale.title };
}
