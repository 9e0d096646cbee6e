import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconArrowsMinimize, IconZoomReset } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { BreakableName } from '../../charts/BreakableName.tsx';
import { runColour, useChartColours } from '../../charts/chartColours.ts';
import { useNearViewport } from '../../charts/useNearViewport.ts';
import { countOf, formatNumber } from '../../formatting/numbers.ts';
import { useChanges } from '../../graphql/changes.ts';
import type { Range } from '../../series/axes.ts';
import { CurveChart, type CurveLine } from '../../series/CurveChart.tsx';
import { type CurveGroup, type CurvePoints, toPoints } from '../../series/curve.ts';
import type { CurveAxis } from '../../series/drawnCurve.ts';
import { HoveredPlaceStore } from '../../series/hoveredPlace.ts';
import type { RunDetails } from '../runQueries.ts';
import classes from './ComparedCharts.module.css';
import type { ComparedCurve } from './comparedCurves.ts';
import { ComparedPointsQuery } from './comparisonQueries.ts';
import { isDashed } from './runLines.ts';

const CHART_HEIGHT = 200;
const LARGE_HEIGHT = 420;

/** So many series are asked for at a time: whole rows, with one, two, three and four in a row. */
const BLOCK = 12;

/** What is this many pixels out of view is there already. */
const NEAR = 400;

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
      {Array.from({ length: Math.ceil(curves.length / BLOCK) }, (_, index) => (
        <Block
          key={curves[index * BLOCK]?.id}
          {...props}
          curves={curves.slice(index * BLOCK, (index + 1) * BLOCK)}
          hovered={hovered}
          colours={colours}
        />
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
  const card = useRef<HTMLElement>(null);
  const near = useNearViewport(card, NEAR);
  const [zoomed, setZoomed] = useState<Range>();
  // Another axis has other places.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setZoomed(undefined), [axis]);
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
    <article
      ref={card}
      className={classes.card}
      data-large={isLarge || undefined}
      aria-label={curve.name.slice(0, 200)}
    >
      <header className={classes.head}>
        <h4 className={classes.name} title={curve.name} dir="auto">
          <BreakableName name={curve.shortName} />
        </h4>
        {curve.curves.size < runs.length && (
          <span className={classes.runs}>
            {curve.curves.size} of {countOf(runs.length, 'run')}
          </span>
        )}
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
        <Tooltip label={isLarge ? 'Show small' : 'Show large'}>
          <ActionIcon
            size={22}
            aria-label={`Show ${curve.name} ${isLarge ? 'small' : 'large'}`}
            onClick={() => onLargeChange(isLarge ? undefined : curve.id)}
          >
            {isLarge ? (
              <IconArrowsMinimize size={14} stroke={1.6} aria-hidden />
            ) : (
              <IconArrowsMaximize size={14} stroke={1.6} aria-hidden />
            )}
          </ActionIcon>
        </Tooltip>
      </header>
      <div style={{ height }}>
        {near && problem && <p className={classes.problem}>The points could not be loaded: {problem}</p>}
        {near && !problem && (
          <CurveChart
            id={curve.id}
            label={describe(curve, runs)}
            lines={lines}
            axis={axis}
            log={log}
            zoomed={zoomed}
            onZoom={setZoomed}
            hovered={hovered}
            colours={colours}
            height={height}
          />
        )}
      </div>
    </article>
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
