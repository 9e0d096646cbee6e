import { Skeleton } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { ChartFrame } from '../../charts/frame/ChartFrame.tsx';
import { ChartGroup } from '../../charts/frame/ChartGroup.tsx';
import { type ChartColours, runColour, useChartColours } from '../../charts/runs/chartColours.ts';
import { useNearViewport } from '../../components/useNearViewport.ts';
import { countOf, formatNumber } from '../../formatting/numbers.ts';
import { nameOfRun } from '../../runs/runNames.ts';
import { CurveChart } from '../../series/CurveChart.tsx';
import type { CurveGroup, CurvePoints } from '../../series/curve.ts';
import { inBlocks, NEAR } from '../../series/curveBlocks.ts';
import type { CurveLine } from '../../series/curveLine.ts';
import type { CurveAxis } from '../../series/drawnCurve.ts';
import type { HoveredLineStore, HoveredPlaceStore } from '../../series/hoveredPlace.ts';
import { pointsTable } from '../../series/pointsTable.ts';
import type { Zoom } from '../../series/useZoom.ts';
import { isDashed } from '../runLines.ts';
import classes from './ComparedCharts.module.css';
import type { ChartedRun } from './chartedRun.ts';
import type { ComparedCurve } from './comparedCurves.ts';
import { pointsAtATime, useComparedPoints } from './useComparedPoints.ts';

const CHART_HEIGHT = 200;

type ComparedChartsProps = {
  runs: readonly ChartedRun[];
  /** Runs whose lines are not shown. */
  hidden: ReadonlySet<string>;
  /** Runs whose lines stand out. */
  front: ReadonlySet<string>;
  onLineClick: (id: string) => void;
  groups: readonly CurveGroup<ComparedCurve>[];
  axis: CurveAxis;
  log: boolean;
  smoothing: number;
  zoom: Zoom;
  hovered: HoveredPlaceStore;
  hoveredLine: HoveredLineStore;
  /** The series that has the whole window. */
  large: string | undefined;
  onLargeChange: (id: string | undefined) => void;
};

/** A chart for each series with a line for each run. What is not near the window is neither asked for nor drawn. */
export default function ComparedCharts({ groups, ...props }: ComparedChartsProps) {
  const colours = useChartColours();
  const { block } = pointsAtATime(props.runs.length);
  return groups.map(({ group, curves }) => (
    <ChartGroup
      key={`${group.kind} ${group.title}`}
      title={group.title || 'Series'}
      titleHidden={groups.length === 1 && group.title === ''}
    >
      {inBlocks(curves, block).map((members) => (
        <Block key={members[0]?.id} {...props} curves={members} colours={colours} />
      ))}
    </ChartGroup>
  ));
}

type Settings = Omit<ComparedChartsProps, 'groups'> & { colours: ChartColours };

/** Some series, whose points are asked for together. */
function Block({ curves, ...settings }: Settings & { curves: ComparedCurve[] }) {
  const block = useRef<HTMLDivElement>(null);
  const near = useNearViewport(block, NEAR);
  const { runs, axis, zoom } = settings;
  const { points, loading, problem } = useComparedPoints(runs, curves, axis, zoom.settled, near);
  return (
    <div ref={block} className={classes.block}>
      {curves.map((curve) => (
        <Card
          key={curve.id}
          curve={curve}
          points={points}
          loading={loading}
          problem={problem}
          {...settings}
        />
      ))}
    </div>
  );
}

type CardProps = Settings & {
  curve: ComparedCurve;
  /** By run and name. */
  points: ReadonlyMap<string, CurvePoints>;
  loading: boolean;
  problem: string | undefined;
};

function Card({ curve, points, loading, problem, ...settings }: CardProps) {
  const { runs, hidden, front, onLineClick, axis, log, smoothing, zoom, colours, large, onLargeChange } =
    settings;
  const lines = useMemo(
    () =>
      runs.flatMap((run, position): CurveLine[] => {
        const own = curve.curves.get(run.id);
        const drawn = own?.points ?? points.get(`${run.id} ${curve.name}`);
        if (own === undefined || drawn === undefined || hidden.has(run.id)) return [];
        return [
          {
            id: run.id,
            name: nameOfRun(run),
            exportedAs: run.title,
            points: drawn,
            count: own.count,
            runStart: run.startedAt === null ? Number.NaN : Date.parse(run.startedAt),
            colour: runColour(colours, position),
            dashed: isDashed(position),
            front: front.has(run.id),
          },
        ];
      }),
    [runs, hidden, front, curve, points, colours],
  );
  const table = useMemo(() => pointsTable(lines, true), [lines]);
  return (
    <ChartFrame
      title={curve.name}
      shortTitle={curve.shortName}
      fact={
        curve.curves.size < runs.length && (
          <>
            {curve.curves.size} of {countOf(runs.length, 'run')}
          </>
        )
      }
      table={table}
      height={CHART_HEIGHT}
      full={large === curve.id}
      onFullChange={(full) => onLargeChange(full ? curve.id : undefined)}
    >
      {({ height, picture }) =>
        problem ? (
          <p className={classes.problem}>The points could not be loaded: {problem}</p>
        ) : loading && curve.group.kind === 'logged' ? (
          <Skeleton height={height - 12} role="status" aria-label={`Loading ${curve.name.slice(0, 100)}`} />
        ) : (
          <CurveChart
            id={curve.id}
            label={describe(curve, runs)}
            lines={lines}
            axis={axis}
            log={log}
            smoothing={smoothing}
            zoomed={zoom.range}
            onZoom={zoom.onZoom}
            hovered={settings.hovered}
            hoveredLine={settings.hoveredLine}
            onLineClick={onLineClick}
            colours={colours}
            height={height}
            picture={picture}
          />
        )
      }
    </ChartFrame>
  );
}

// The table has them all.
const MOST_TOLD = 10;

/** The chart in words, for those who do not see it. */
function describe({ name, curves }: ComparedCurve, runs: readonly ChartedRun[]): string {
  const told = runs.flatMap((run) => {
    const curve = curves.get(run.id);
    if (curve === undefined || curve.last === null) return [];
    return [`${nameOfRun(run)}: last ${formatNumber(curve.last)} of ${countOf(curve.count, 'point')}`];
  });
  const more = told.length > MOST_TOLD ? [`and ${told.length - MOST_TOLD} more`] : [];
  return `${name}. ${[...told.slice(0, MOST_TOLD), ...more].join('; ')}.`;
}
