import { SegmentedControl, Switch } from '@mantine/core';
import { IconEqual, IconSearchOff } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { CurveSettings } from '../../series/CurveSettings.tsx';
import { findCurves, groupCurves } from '../../series/curve.ts';
import { HoveredLineStore, HoveredPlaceStore } from '../../series/hoveredPlace.ts';
import { NoSeries } from '../../series/NoSeries.tsx';
import { useSmoothing } from '../../series/useSmoothing.ts';
import { useZoom } from '../../series/useZoom.ts';
import { ComparedSeriesQuery } from '../comparisonQueries.ts';
import { useRecord } from '../data/useRecord.ts';
import { type PartProps, TablePart } from '../TablePart.tsx';
import { comparedCurves, type SeriesStat, statRows } from './comparedCurves.ts';
import { SeriesLegend, toggled } from './SeriesLegend.tsx';
import classes from './SeriesPart.module.css';
import { hiddenRuns, toShownLines } from './shownLines.ts';

// Comes when curves are to be drawn.
const ComparedCharts = lazy(() => import('./ComparedCharts.tsx'));

const STATS: readonly { value: SeriesStat; stat?: Exclude<SeriesStat, 'last'>; label: string }[] = [
  { value: 'last', label: 'Last' },
  { value: 'best', stat: 'best', label: 'Best' },
  { value: 'lowest', stat: 'lowest', label: 'Lowest' },
  { value: 'highest', stat: 'highest', label: 'Highest' },
];

/** The series of all compared runs, one over the other. */
export default function SeriesPart(part: PartProps) {
  const { runs, search, onSearchChange } = part;
  const { records, error, reload } = useRecord(ComparedSeriesQuery, runs);
  const all = useMemo(() => records && comparedCurves(runs, records), [runs, records]);
  const ids = useMemo(() => runs.map(({ id }) => id), [runs]);
  const { hide, only, front: chosen } = search;
  const hidden = useMemo(
    () => hiddenRuns(ids, { ...(hide && { hide }), ...(only && { only }) }),
    [ids, hide, only],
  );
  const front = useMemo(() => new Set(chosen), [chosen]);
  const setFront = (next: ReadonlySet<string>) =>
    onSearchChange({ front: next.size > 0 ? [...next] : undefined });
  const [smoothing, setSmoothing] = useSmoothing(search);
  const zoom = useZoom(search, onSearchChange);
  const [hovered] = useState(() => new HoveredPlaceStore());
  const [hoveredLine] = useState(() => new HoveredLineStore());
  const groups = useMemo(() => {
    const wanted = search.changes ? (all ?? []).filter(({ differs }) => differs) : (all ?? []);
    return groupCurves(findCurves(wanted, search.find));
  }, [all, search.changes, search.find]);
  if (error && !records) {
    return <LoadFailure title="The series could not be loaded" error={error} onRetry={reload} />;
  }
  if (all === undefined) return <PageSkeleton />;
  if (all.length === 0) {
    return <NoSeries running={runs.some(({ status }) => status === 'RUNNING')} several={runs.length > 1} />;
  }
  const count = groups.reduce((sum, { curves }) => sum + curves.length, 0);
  const toolbar = (
    <div className={classes.toolbar}>
      {!search.table && (
        <CurveSettings search={search} onSearchChange={onSearchChange} onSmoothing={setSmoothing} />
      )}
      {search.table && (
        <SegmentedControl
          size="xs"
          aria-label="Value of each series"
          value={search.stat ?? 'last'}
          onChange={(stat) => onSearchChange({ stat: STATS.find(({ value }) => value === stat)?.stat })}
          data={STATS.map(({ value, label }) => ({ value, label }))}
        />
      )}
      <span className={classes.count} role="status">
        {count === all.length ? countOf(count, 'series', 'series') : `${count} of ${all.length} series`}
      </span>
      <Switch
        size="xs"
        label="Table"
        checked={search.table === true}
        onChange={(event) => onSearchChange({ table: event.currentTarget.checked || undefined })}
      />
    </div>
  );
  if (count === 0) {
    return search.find === undefined ? (
      <StateMessage icon={IconEqual} title="The same series">
        No series differs between these runs.
      </StateMessage>
    ) : (
      <StateMessage icon={IconSearchOff} title="No matching series" />
    );
  }
  if (search.table) {
    const named = groups.map(({ group, curves }) => ({ title: group.title || 'Series', curves }));
    return (
      <>
        <div className={classes.above}>{toolbar}</div>
        <TablePart
          {...part}
          search={{ ...search, find: undefined, changes: undefined }}
          sections={statRows(runs, named, search.stat ?? 'last')}
        />
      </>
    );
  }
  return (
    <div className={classes.page}>
      <h2 className="visually-hidden">Series</h2>
      {toolbar}
      <SeriesLegend
        runs={runs}
        hidden={hidden}
        onHiddenChange={(next) => onSearchChange(toShownLines(ids, next))}
        front={front}
        onFrontChange={setFront}
        hoveredLine={hoveredLine}
      />
      <Suspense fallback={<PageSkeleton />}>
        <ComparedCharts
          runs={runs}
          hidden={hidden}
          front={front}
          onLineClick={(id) => setFront(toggled(front, id))}
          groups={groups}
          axis={search.axis ?? 'step'}
          log={search.log ?? false}
          smoothing={smoothing}
          zoom={zoom}
          hovered={hovered}
          hoveredLine={hoveredLine}
          large={search.curve}
          onLargeChange={(curve) => onSearchChange({ curve })}
        />
      </Suspense>
    </div>
  );
}
