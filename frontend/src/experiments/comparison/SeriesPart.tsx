import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconEqual, IconSearchOff } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { runColourVariable } from '../../charts/runs/chartColours.ts';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { findCurves, groupCurves } from '../../series/curve.ts';
import { NoSeries } from '../../series/NoSeries.tsx';
import type { RunDetails } from '../runQueries.ts';
import { comparedCurves, lastValues } from './comparedCurves.ts';
import { ComparedSeriesQuery } from './comparisonQueries.ts';
import { isDashed } from './runLines.ts';
import classes from './SeriesPart.module.css';
import { type PartProps, TablePart } from './TablePart.tsx';
import { useRecord } from './useRecord.ts';

// ECharts is heavy: it comes when curves are to be drawn.
const ComparedCharts = lazy(() => import('./ComparedCharts.tsx'));

/** The series of all compared runs, one over the other. */
export default function SeriesPart(part: PartProps) {
  const { runs, search, onSearchChange } = part;
  const { records, error, reload } = useRecord(ComparedSeriesQuery, runs);
  const all = useMemo(() => records && comparedCurves(runs, records), [runs, records]);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const groups = useMemo(() => {
    const wanted = search.changes ? (all ?? []).filter(({ differs }) => differs) : (all ?? []);
    return groupCurves(findCurves(wanted, search.find));
  }, [all, search.changes, search.find]);
  if (error && !records) {
    return <LoadFailure title="The series could not be loaded" error={error} onRetry={reload} />;
  }
  if (all === undefined) return <PageSkeleton />;
  if (all.length === 0) return <NoSeries running={runs.some(({ status }) => status === 'RUNNING')} />;
  const count = groups.reduce((sum, { curves }) => sum + curves.length, 0);
  const toolbar = (
    <div className={classes.toolbar}>
      {!search.table && (
        <>
          <SegmentedControl
            size="xs"
            aria-label="Horizontal axis"
            value={search.axis ?? 'step'}
            onChange={(axis) => onSearchChange({ axis: axis === 'time' ? 'time' : undefined })}
            data={[
              { value: 'step', label: 'Step' },
              { value: 'time', label: 'Time' },
            ]}
          />
          <Switch
            size="xs"
            label="Log scale"
            checked={search.log === true}
            onChange={(event) => onSearchChange({ log: event.currentTarget.checked || undefined })}
          />
        </>
      )}
      <span className={classes.count} role="status">
        {count === all.length ? countOf(count, 'series', 'series') : `${count} of ${all.length} series`}
      </span>
      <Switch
        size="xs"
        label="Table of last values"
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
      <StateMessage icon={IconSearchOff} title="No series is called that" />
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
          sections={lastValues(runs, named)}
        />
      </>
    );
  }
  return (
    <div className={classes.page}>
      <h2 className="visually-hidden">Series</h2>
      {toolbar}
      <Legend runs={runs} hidden={hidden} onHiddenChange={setHidden} />
      <Suspense fallback={<PageSkeleton />}>
        <ComparedCharts
          runs={runs}
          hidden={hidden}
          groups={groups}
          axis={search.axis ?? 'step'}
          log={search.log ?? false}
          large={search.curve}
          onLargeChange={(curve) => onSearchChange({ curve })}
        />
      </Suspense>
    </div>
  );
}

// More would push the charts out of the page.
const NAMED = 12;

/** With more runs than this one may want to begin with none. */
const FEW = 8;

type LegendProps = {
  runs: RunDetails[];
  hidden: ReadonlySet<string>;
  onHiddenChange: (hidden: ReadonlySet<string>) => void;
};

/** Which line is of which run; a click hides it, or shows it again. */
function Legend({ runs, hidden, onHiddenChange }: LegendProps) {
  const [all, setAll] = useState(false);
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    onHiddenChange(next);
  };
  const shown = all ? runs : runs.slice(0, NAMED);
  return (
    <ul className={classes.legend} aria-label="Lines">
      {shown.map((run, position) => (
        <li key={run.id}>
          <button
            type="button"
            className={classes.run}
            aria-pressed={!hidden.has(run.id)}
            title={hidden.has(run.id) ? 'Show its lines' : 'Hide its lines'}
            onClick={() => toggle(run.id)}
          >
            <span
              className={classes.swatch}
              data-dashed={isDashed(position) || undefined}
              style={{ color: runColourVariable(position) }}
            />
            <span className={classes.name} dir="auto">
              {run.title}
            </span>
          </button>
        </li>
      ))}
      {runs.length > shown.length && (
        <li>
          <button type="button" className={classes.run} onClick={() => setAll(true)}>
            {runs.length - shown.length} more…
          </button>
        </li>
      )}
      {runs.length > FEW && (
        <li>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onHiddenChange(new Set(hidden.size > 0 ? [] : runs.map(({ id }) => id)))}
          >
            {hidden.size > 0 ? 'Show all lines' : 'Hide all lines'}
          </Button>
        </li>
      )}
    </ul>
  );
}
