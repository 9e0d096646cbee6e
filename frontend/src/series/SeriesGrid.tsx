import { IconChevronRight } from '@tabler/icons-react';
import { memo, useMemo, useRef } from 'react';
import type { ChartColours } from '../charts/runs/chartColours.ts';
import { useNearViewport } from '../components/useNearViewport.ts';
import { countOf, formatNumber } from '../formatting/numbers.ts';
import { CurveCard, type CurveZoom, NEAR } from './CurveCard.tsx';
import { CurveChart } from './CurveChart.tsx';
import { type Curve, type CurvePoints, describeCurve, groupCurves, keyOf } from './curve.ts';
import { inBlocks } from './curveBlocks.ts';
import type { CurveAxis } from './drawnCurve.ts';
import type { HoveredPlaceStore } from './hoveredPlace.ts';
import classes from './SeriesGrid.module.css';
import { MOST_POINTS, useCurvePoints } from './useCurvePoints.ts';

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
  return (
    <CurveCard
      curve={curve}
      axis={settings.axis}
      fact={
        curve.last !== null && (
          <span title={String(curve.last)}>
            last <strong>{formatNumber(curve.last, format)}</strong>
          </span>
        )
      }
      facts={
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
      height={CHART_HEIGHT}
      onLargeChange={() => onExpand(curve.id)}
      problem={points ? undefined : problem}
    >
      {(zoom) => points && <SmallChart curve={curve} points={points} settings={settings} {...zoom} />}
    </CurveCard>
  );
});

type SmallChartProps = CurveZoom & {
  curve: Curve;
  points: CurvePoints;
  settings: ChartSettings;
};

function SmallChart({ curve, points, zoomed, onZoom, settings }: SmallChartProps) {
  const { runId, runStart, ...chart } = settings;
  // A part of a curve that was thinned out needs more of its points.
  const alone = useMemo(() => [curve], [curve]);
  const fine = useCurvePoints(runId, alone, MOST_POINTS, zoomed !== undefined && curve.count > POINTS);
  const shown = (zoomed && fine.points.get(curve.id)) ?? points;
  const { colours } = settings;
  const lines = useMemo(
    () => [{ id: curve.id, name: curve.name, points: shown, runStart, colour: colours.accent }],
    [curve.id, curve.name, shown, runStart, colours],
  );
  return (
    <CurveChart
      id={curve.id}
      label={describeCurve(curve)}
      lines={lines}
      zoomed={zoomed}
      onZoom={onZoom}
      height={CHART_HEIGHT}
      {...chart}
    />
  );
}
