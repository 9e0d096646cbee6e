import { IconChevronRight } from '@tabler/icons-react';
import { memo, useMemo, useRef } from 'react';
import { ChartFrame } from '../charts/frame/ChartFrame.tsx';
import type { PictureRef } from '../charts/frame/usePicture.ts';
import type { ChartColours } from '../charts/runs/chartColours.ts';
import { useNearViewport } from '../components/useNearViewport.ts';
import { countOf, formatNumber } from '../formatting/numbers.ts';
import { CurveChart } from './CurveChart.tsx';
import { type Curve, type CurvePoints, describeCurve, groupCurves, keyOf } from './curve.ts';
import { inBlocks, NEAR } from './curveBlocks.ts';
import type { CurveLine } from './curveLine.ts';
import type { CurveAxis } from './drawnCurve.ts';
import type { HoveredPlaceStore } from './hoveredPlace.ts';
import { pointsTable } from './pointsTable.ts';
import classes from './SeriesGrid.module.css';
import { useCurvePoints } from './useCurvePoints.ts';
import { useFinerPoints } from './useFinerPoints.ts';
import type { Zoom } from './useZoom.ts';

const CHART_HEIGHT = 176;

/** More points than a small chart has columns of pixels for show nothing more. */
const POINTS = 500;

/** What all charts of a run have in common. */
export type ChartSettings = {
  runId: string;
  /** When the run began, in milliseconds since the epoch. */
  runStart: number;
  axis: CurveAxis;
  log: boolean;
  /** The weight of the moving average; 0 for none. */
  smoothing: number;
  zoom: Zoom;
  colours: ChartColours;
  hovered: HoveredPlaceStore;
};

export type SeriesGridProps = ChartSettings & {
  curves: readonly Curve[];
  onExpand: (curve: string) => void;
};

/** A small chart for each curve, by group. What is not near the window is neither asked for nor drawn. */
export default function SeriesGrid({ curves, onExpand, ...settings }: SeriesGridProps) {
  const groups = useMemo(() => groupCurves(curves), [curves]);
  return groups.map((group) => {
    const blocks = inBlocks(group.curves).map((block) => (
      <SeriesBlock key={block[0]?.id} curves={block} settings={settings} onExpand={onExpand} />
    ));
    // A group is closed to get to the next one.
    return groups.length === 1 && group.group.title === '' ? (
      blocks
    ) : (
      <details key={keyOf(group.group)} className={classes.group} open>
        <summary className={classes.summary}>
          <IconChevronRight size={14} aria-hidden className={classes.chevron} />
          <h3 className={classes.groupTitle}>
            <bdi>{group.group.title || 'Logged'}</bdi>
            <span className={classes.count}>{group.curves.length}</span>
          </h3>
        </summary>
        {blocks}
      </details>
    );
  });
}

type BlockProps = { curves: Curve[]; settings: ChartSettings; onExpand: (curve: string) => void };

/** Some curves of a group, whose points are asked for together. */
function SeriesBlock({ curves, settings, onExpand }: BlockProps) {
  const block = useRef<HTMLDivElement>(null);
  const near = useNearViewport(block, NEAR);
  const { points, error } = useCurvePoints(settings.runId, curves, POINTS, near);
  return (
    <div ref={block} className={classes.block}>
      {curves.map((curve) => (
        <SeriesCard
          key={curve.id}
          curve={curve}
          points={points.get(curve.id)}
          problem={error?.message}
          onExpand={onExpand}
          {...settings}
        />
      ))}
    </div>
  );
}

type CardProps = ChartSettings & {
  curve: Curve;
  points: CurvePoints | undefined;
  problem: string | undefined;
  onExpand: (curve: string) => void;
};

const SeriesCard = memo(function SeriesCard({ curve, points, problem, onExpand, ...settings }: CardProps) {
  const { format } = curve;
  const { runId, runStart, axis, zoom, colours } = settings;
  const shown = useFinerPoints(runId, curve, points, axis, runStart, zoom.settled);
  const lines = useMemo(
    () => (shown ? [lineOf(curve, shown, runStart, colours)] : []),
    [curve, shown, runStart, colours],
  );
  const table = useMemo(() => pointsTable(lines, false), [lines]);
  return (
    <ChartFrame
      title={curve.name}
      shortTitle={curve.shortName}
      fact={
        curve.last !== null && (
          <span title={String(curve.last)}>
            last <strong>{formatNumber(curve.last, format)}</strong>
          </span>
        )
      }
      controls={
        <p className={classes.facts}>
          {curve.min !== null && curve.max !== null && (
            <>
              <span>min {formatNumber(curve.min, format)}</span>
              <span>max {formatNumber(curve.max, format)}</span>
            </>
          )}
          <span>{countOf(curve.count, 'point')}</span>
        </p>
      }
      table={table}
      height={CHART_HEIGHT}
      // The window has room for more than a chart of its size: its points one by one, and the way to the next one.
      full={false}
      onFullChange={() => onExpand(curve.id)}
    >
      {({ height, picture }) =>
        shown ? (
          <SmallChart curve={curve} lines={lines} settings={settings} height={height} picture={picture} />
        ) : (
          problem && <p className={classes.problem}>The points could not be loaded: {problem}</p>
        )
      }
    </ChartFrame>
  );
});

/** The line of a curve that is alone in its chart. */
export function lineOf(
  { id, name, count }: Curve,
  points: CurvePoints,
  runStart: number,
  colours: ChartColours,
): CurveLine {
  return { id, name, points, count, runStart, colour: colours.accent };
}

type SmallChartProps = {
  curve: Curve;
  lines: readonly CurveLine[];
  settings: ChartSettings;
  height: number;
  picture: PictureRef;
};

function SmallChart({ curve, lines, settings, height, picture }: SmallChartProps) {
  const { runId, runStart, zoom, ...chart } = settings;
  return (
    <CurveChart
      id={curve.id}
      label={describeCurve(curve)}
      lines={lines}
      zoomed={zoom.range}
      onZoom={zoom.onZoom}
      height={height}
      picture={picture}
      {...chart}
    />
  );
}
