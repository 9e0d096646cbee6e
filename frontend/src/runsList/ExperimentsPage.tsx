import { Button } from '@mantine/core';
import { IconServerOff } from '@tabler/icons-react';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useCallback } from 'react';
import { useQuery } from 'urql';
import { toHistoryEntry } from '../address/historyEntries.ts';
import type { ExperimentsSearch } from '../address/search.ts';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { type PartTab, PartTabs } from '../components/PartTabs.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { useProject } from '../data/project.tsx';
import { REFRESH_MS } from '../data/refreshInterval.ts';
import { useChangesAtMost } from '../data/useChangesAtMost.ts';
import { QueryField } from '../query/field/QueryField.tsx';
import { useQueryEditing } from '../query/field/useQueryEditing.ts';
import { Notices } from '../runs/Notices.tsx';
import { usePageTitle } from '../runs/usePageTitle.ts';
import { ViewsMenu } from '../views/ViewsMenu.tsx';
import classes from './ExperimentsPage.module.css';
import { RunFilters } from './RunFilters.tsx';
import { RunsList } from './RunsList.tsx';
import { MetricColumnsQuery } from './runsQuery.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { NoRunsYet, StoreNotConfigured } from './SetupGuide.tsx';

const MetricCharts = lazy(() => import('../charts/MetricCharts.tsx'));

const VIEWS: readonly PartTab<'runs' | 'metrics'>[] = [
  { value: 'runs', label: 'Runs' },
  { value: 'metrics', label: 'Metrics' },
];

const route = getRouteApi('/experiment-tracking');

/** `/experiment-tracking`: all runs, as a list and in charts. */
export default function ExperimentsPage() {
  const { run_id: _oldRuns, view: _oldView, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const { project, failed, retry } = useProject();
  const [{ data, error }, refetchColumns] = useQuery({ query: MetricColumnsQuery });
  useChangesAtMost(REFRESH_MS, ['RUNS'], () => refetchColumns({ requestPolicy: 'network-only' }));
  usePageTitle(search.tab === 'metrics' ? 'Metrics' : 'Experiments');

  const { history } = useRouter();
  const change = useCallback(
    (part: Partial<ExperimentsSearch>, replace?: boolean) => {
      const entry = toHistoryEntry(part, history.location.state.changed);
      return navigate({
        search: (now) => ({ ...now, ...part }),
        replace: replace ?? entry.replace,
        state: (now) => ({ ...now, changed: entry.changed }),
      });
    },
    [navigate, history],
  );
  const query = useQueryEditing(search.q, (q, push) => change({ q }, !push));

  if (failed) {
    return (
      <StateMessage
        heading="h1"
        icon={IconServerOff}
        tone="danger"
        title="The server does not answer"
        actions={
          <Button variant="filled" onClick={retry}>
            Try again
          </Button>
        }
      >
        Is <code>kedro viz</code> still running? Its terminal may say what went wrong.
      </StateMessage>
    );
  }

  const selected = search.selected ?? [];
  const toggle = (id: string) =>
    change({
      selected: selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id],
    });
  // While the first files are being indexed there may be no run yet, but there will be.
  const empty = project?.store.totalRuns === 0 && !project.indexing.running;
  const hasRuns =
    project !== undefined && !empty && (project.store.configured || project.store.totalRuns > 0);

  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h1>Experiments</h1>
          {project && <span className={classes.project}>{project.name}</span>}
        </div>
        <PartTabs
          label="Views of all runs"
          parts={VIEWS}
          value={search.tab ?? 'runs'}
          onChange={(tab) => change({ tab: tab === 'metrics' ? 'metrics' : undefined })}
          fill
        />
        {hasRuns && (
          <span className={classes.views}>
            <ViewsMenu
              search={search}
              onOpen={(state, saved) => navigate({ search: { ...state, saved } })}
              onSaved={(saved) => change({ saved })}
            />
          </span>
        )}
      </header>
      <Notices />
      {project && !project.store.configured && project.store.totalRuns === 0 ? (
        <StoreNotConfigured settingsPath={project.settingsPath} />
      ) : empty ? (
        <NoRunsYet location={project.store.location} />
      ) : search.tab === 'metrics' ? (
        <section className={classes.metrics} aria-label="Metrics of all runs">
          <h2 className="visually-hidden">Metrics</h2>
          <div className={classes.bar}>
            <QueryField query={query} />
            <RunFilters search={search} onSearchChange={change} />
          </div>
          {selected.length > 0 && (
            <SelectionBar selected={selected} onChange={(ids) => change({ selected: ids })} />
          )}
          <Suspense fallback={<PageSkeleton />}>
            <MetricCharts
              selectedRunIds={selected}
              onSelectRun={toggle}
              scope={{
                search: search.q,
                bookmarked: search.bookmarked,
                archived: search.archived === 'all' ? null : search.archived === 'only',
              }}
              search={search}
              onSearchChange={change}
              onShowAll={
                search.q !== undefined || search.bookmarked || search.archived === 'only'
                  ? () => change({ q: undefined, bookmarked: undefined, archived: undefined })
                  : undefined
              }
              onFilter={(q) => change({ q, brush: undefined, tab: undefined }, false)}
            />
          </Suspense>
        </section>
      ) : (
        <RunsList
          search={search}
          queryField={<QueryField query={query} />}
          unchecked={query.snapshot.unchecked}
          onSearchChange={change}
          metricColumns={data?.metricColumns ?? (error ? [] : undefined)}
        />
      )}
    </div>
  );
}
