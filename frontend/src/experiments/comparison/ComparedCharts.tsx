import { useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { runColour, useChartColours } from '../../charts/runs/chartColours.ts';
import { useNearViewport } from '../../components/useNearViewport.ts';
import { countOf, formatNumber } from '../../formatting/numbers.ts';
import { useChanges } from '../../graphql/changes.ts';
import { CurveCard, NEAR } from '../../series/CurveCard.tsx';
import { CurveChart, type CurveLine } from '../../series/CurveChart.tsx';
import { type CurveGroup, type CurvePoints, toPoints } from '../../series/curve.ts';
import { BLOCK, inBlocks } from '../../series/curveBlocks.ts';
import type { CurveAxis } from '../../series/drawnCurve.ts';
import { HoveredPlaceStore } from '../../series/hoveredPlace.ts';
import type { RunDetails } from '../runQueries.ts';
import classes from './ComparedCharts.module.css';
import type { ComparedCurve } from './comparedCurves.ts';
import { ComparedPointsQuery } from './comparisonQueries.ts';
import { isDashed } from './runLines.ts';

const CHART_HEIGHT = 200;
const LARGE_HEIGHT = 420;

/** An answer has at most so many points; with few runs each line has as many as a chart has columns of pixels. */
const MOST_POINTS = 150_000;
const MOST_POINTS_A_LINE = 500;

type ComparedChartsProps = {
  runs: RunDetails[];
  /** Runs whose lines are not shown. */
  hidden: ReadonlySet<string>;
  groups: readonly CurveGroup<ComparedCurve>[];
  axis: CurveAxis;
  log: boolean;
  /** The series that is shown large. */
  large: string | undefined;
  onLargeChange: (id: string | undefined) => void;
};

/** A chart for each series with a line for each run. What is not near the window is neither asked for nor drawn. */
export default function ComparedCharts({ groups, ...props }: ComparedChartsProps) {
  const colours = useChartColours();
  const [hovered] = useState(() => new HoveredPlaceStore());
  return groups.map(({ group, curves }) => (
    <section key={`${group.kind} ${group.title}`} className={classes.group}>
      <h3 className={groups.length > 1 || group.title !== '' ? classes.title : 'visually-hidden'}>
        {group.title || 'Series'}
      </h3>
      {inBlocks(curves).map((block) => (
        <Block key={block[0]?.id} {...props} curves={block} hovered={hovered} colours={colours} />
      ))}
    </section>
  ));
}

type Settings = Omit<ComparedChartsProps, 'groups'> & {
  hovered: HoveredPlaceStore;
  colours: ReturnType<typeof useChartColours>;
};

/** Some series, whose points are asked for together. */
function Block({ curves, ...settings }: Settings & { curves: ComparedCurve[] }) {
  const block = useRef<HTMLDivElement>(null);
  const near = useNearViewport(block, NEAR);
  const { runs } = settings;
  const names = useMemo(
    () => curves.filter(({ group }) => group.kind === 'logged').map(({ name }) => name),
    [curves],
  );
  const runIds = useMemo(() => runs.map(({ id }) => id).sort(), [runs]);
  const maxPoints = Math.max(
    20,
    Math.min(MOST_POINTS_A_LINE, Math.floor(MOST_POINTS / (BLOCK * runIds.length))),
  );
  const variables = useMemo(() => ({ runIds, names, maxPoints }), [runIds, names, maxPoints]);
  const pause = !near || names.length === 0;
  const [{ data, error }, refetch] = useQuery({ query: ComparedPointsQuery, variables, pause });
  const running = runs.some(({ status }) => status === 'RUNNING');
  useChanges(['RUNS'], () => {
    if (running && !pause) refetch({ requestPolicy: 'network-only' });
  });
  const points = useMemo(() => {
    const found = new Map<string, CurvePoints>();
    for (const run of data?.runMetadata ?? []) {
      for (const series of run.series) found.set(`${run.id} ${series.name}`, toPoints(series));
    }
    return found;
  }, [data]);
  return (
    <div ref={block} className={classes.block}>
      {curves.map((curve) => (
        <Card key={curve.id} curve={curve} points={points} problem={error?.message} {...settings} />
      ))}
    </div>
  );
}

type CardProps = Settings & {
  curve: ComparedCurve;
  /** By run and name. */
  points: ReadonlyMap<string, CurvePoints>;
  problem: string | undefined;
};

function Card({ curve, points, problem, ...settings }: CardProps) {
  const { runs, hidden, axis, log, colours, hovered, large, onLargeChange } = settings;
  const lines = useMemo(
    () =>
      runs.flatMap((run, position): CurveLine[] => {
        const own = curve.curves.get(run.id);
        const drawn = own?.points ?? points.get(`${run.id} ${curve.name}`);
        if (drawn === undefined || hidden.has(run.id)) return [];
        return [
          {
            id: run.id,
            name: run.title,
            points: drawn,
            runStart: run.startedAt === null ? Number.NaN : Date.parse(run.startedAt),
            colour: runColour(colours, position),
            dashed: isDashed(position),
          },
        ];
      }),
    [runs, hidden, curve, points, colours],
  );
  const isLarge = large === curve.id;
  const height = isLarge ? LARGE_HEIGHT : CHART_HEIGHT;
  return (
    <CurveCard
      curve={curve}
      axis={axis}
      fact={
        curve.curves.size < runs.length && (
          <>
            {curve.curves.size} of {countOf(runs.length, 'run')}
          </>
        )
      }
      height={height}
      large={isLarge}
      onLargeChange={(large) => onLargeChange(large ? curve.id : undefined)}
      problem={problem}
    >
      {(zoom) => (
        <CurveChart
          id={curve.id}
          label={describe(curve, runs)}
          lines={lines}
          axis={axis}
          log={log}
          hovered={hovered}
          colours={colours}
          height={height}
          {...zoom}
        />
      )}
    </CurveCard>
  );
}

// The table of last values has them all.
const MOST_TOLD = 10;

/** The chart in words, for those who do not see it. */
function describe({ name, curves }: ComparedCurve, runs: readonly RunDetails[]): string {
  const told = runs.flatMap(({ id, title }) => {
    const curve = curves.get(id);
    if (curve === undefined || curve.last === null) return [];
    return [`${title}: last ${formatNumber(curve.last)} of ${countOf(curve.count, 'point')}`];
  });
  const more = told.length > MOST_TOLD ? [`and ${told.length - MOST_TOLD} more`] : [];
  return `${name}. ${[...told.slice(0, MOST_TOLD), ...more].join('; ')}.`;
}
