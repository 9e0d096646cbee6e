import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useMemo, useRef } from 'react';
import type { ChartsSearch } from '../../charts/chartsSearch.ts';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { formatCount } from '../../formatting/numbers.ts';
import type { RunDetails } from '../../runs/runQueries.ts';
import { jsonCurves } from '../../series/jsonCurves.ts';
import { NoSeries } from '../../series/NoSeries.tsx';
import { LoadingSeries, SeriesView } from '../../series/SeriesView.tsx';
import type { SeriesSearch } from '../../series/seriesSearch.ts';
import { useLoggedCurves } from '../../series/useLoggedCurves.ts';
import classes from './RunMetrics.module.css';

const MetricCharts = lazy(() => import('../../charts/MetricCharts.tsx'));

/** Whether one sees the curves within this run, or how its metrics stand among those of all runs. */
export type MetricsScope = 'run' | 'runs';

export type RunMetricsSearch = SeriesSearch & ChartsSearch & { scope?: MetricsScope };

type RunMetricsProps = {
  run: RunDetails;
  search: RunMetricsSearch;
  onSearchChange: (change: Partial<RunMetricsSearch>) => void;
  onSelectRun: (id: string) => void;
};

/** The tab "Metrics": the curves within the run, or its metrics among those of all runs. */
export default function RunMetrics({ run, search, onSearchChange, onSelectRun }: RunMetricsProps) {
  const running = run.status === 'RUNNING';
  const logged = useLoggedCurves(run.id, running);
  const tracked = useMemo(() => jsonCurves(run.trackedJson), [run.trackedJson]);
  const curves = useMemo(() => logged.curves && [...logged.curves, ...tracked], [logged.curves, tracked]);

  // A run that has curves shows them; one whose first points come while somebody looks does not turn the page over.
  const first = useRef<MetricsScope>(undefined);
  if (first.current === undefined && curves) first.current = curves.length > 0 ? 'run' : 'runs';
  const scope = search.scope ?? (logged.error && !curves ? 'run' : first.current);

  const chooser = (
    <SegmentedControl
      size="xs"
      aria-label="Metrics of"
      value={scope ?? 'run'}
      onChange={(value) => onSearchChange({ scope: value === 'run' ? 'run' : 'runs' })}
      data={[
        {
          value: 'run',
          label: curves?.length ? `During this run (${formatCount(curves.length)})` : 'During this run',
        },
        { value: 'runs', label: 'Over all runs' },
      ]}
    />
  );
  const drawn = scope !== 'runs' && curves !== undefined && curves.length > 0;
  return (
    <>
      <h2 className="visually-hidden">Metrics</h2>
      {!drawn && <div className={classes.scope}>{chooser}</div>}
      {scope === 'runs' ? (
        <Suspense fallback={<PageSkeleton />}>
          <MetricCharts
            selectedRunIds={[run.id]}
            onSelectRun={onSelectRun}
            search={search}
            onSearchChange={onSearchChange}
          />
        </Suspense>
      ) : (
        <div className={classes.curves}>
          {curves === undefined ? (
            logged.error ? (
              <LoadFailure
                title="The series could not be loaded"
                error={logged.error}
                onRetry={logged.retry}
              />
            ) : (
              <LoadingSeries />
            )
          ) : curves.length === 0 ? (
            <NoSeries running={running} />
          ) : (
            <SeriesView
              runId={run.id}
              startedAt={run.startedAt}
              curves={curves}
              search={search}
              onSearchChange={onSearchChange}
              lead={chooser}
            />
          )}
        </div>
      )}
    </>
  );
}
