import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconChevronRight, IconZoomReset } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { BreakableName } from '../charts/BreakableName.tsx';
import type { ChartColours } from '../charts/chartColours.ts';
import { useNearViewport } from '../charts/useNearViewport.ts';
import { countOf, formatNumber } from '../formatting/numbers.ts';
import type { Range } from './axes.ts';
import { CurveChart } from './CurveChart.tsx';
import { type Curve, type CurvePoints, describeCurve, groupCurves, keyOf } from './curve.ts';
import type { CurveAxis } from './drawnCurve.ts';
import type { HoveredPlaceStore } from './hoveredPlace.ts';
import classes from './SeriesGrid.module.css';
import { MOST_POINTS, useCurvePoints } from './useCurvePoints.ts';

const CHART_HEIGHT = 176;

/** More points than a small chart has columns of pixels for show nothing more. */
const POINTS = 500;

/** So many curves are asked for at a time: whole rows, with one, two, three and four in a row. */
const BLOCK = 12;

/** What is this many pixels out of view is there already. */
const NEAR = 500;

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

function inBlocks(curves: Curve[]): Curve[][] {
  return Array.from({ length: Math.ceil(curves.length / BLOCK) }, (_, index) =>
    curves.slice(index * BLOCK, (index + 1) * BLOCK),
  );
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
        <CurveCard
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

const CurveCard = memo(function CurveCard({ curve, points, problem, onExpand, ...settings }: CardProps) {
  const card = useRef<HTMLElement>(null);
  const near = useNearViewport(card, NEAR);
  const [zoomed, setZoomed] = useState<Range>();
  // Another axis has other places.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setZoomed(undefined), [settings.axis]);
  const { format } = curve;
  return (
    <article ref={card} className={classes.card} aria-label={curve.name}>
      <header className={classes.head}>
        <h4 className={classes.name} title={curve.name} dir="auto">
          <BreakableName name={curve.shortName} />
        </h4>
        {curve.last !== null && (
          <span className={classes.last} title={String(curve.last)}>
            last <strong>{formatNumber(curve.last, format)}</strong>
          </span>
        )}
        <span className={classes.buttons}>
          {zoomed && (
            <Tooltip label="Reset zoom">
              <ActionIcon
                size={22}
                aria-label={`Reset zoom of ${curve.name}`}
                onClick={() => setZoomed(undefined)}
              >
                <IconZoomReset size={14} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <Tooltip label="Show large">
            <ActionIcon size={22} aria-label={`Show ${curve.name} large`} onClick={() => onExpand(curve.id)}>
              <IconArrowsMaximize size={14} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
      </header>
      <p className={classes.facts}>
        {curve.min !== null && curve.max !== null && (
          <>
            <span>min {formatNumber(curve.min, format)}</span>
            <span>max {formatNumber(curve.max, format)}</span>
          </>
        )}
        <span>{countOf(curve.count, 'point')}</span>
      </p>
      <div style={{ height: CHART_HEIGHT }}>
        {near &&
          (points ? (
            <SmallChart
              curve={curve}
              points={points}
              zoomed={zoomed}
              onZoom={setZoomed}
              settings={settings}
            />
          ) : (
            problem && <p className={classes.problem}>The points could not be loaded: {problem}</p>
          ))}
      </div>
    </article>
  );
});

type SmallChartProps = {
  curve: Curve;
  points: CurvePoints;
  zoomed: Range | undefined;
  onZoom: (range: Range | undefined) => void;
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
