import { Button, Switch, Tabs } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconEqual, IconGitCompare } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useQuery } from 'urql';
import { usePageTitle } from '../../app/usePageTitle.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { download } from '../../formatting/csv.ts';
import { countOf } from '../../formatting/numbers.ts';
import { useChanges } from '../../graphql/changes.ts';
import { ComparedRunsQuery, type RunDetails } from '../runQueries.ts';
import type { CompareSearch } from '../search.ts';
import { AddRun } from './AddRun.tsx';
import { buildComparison, onlyChanges } from './buildComparison.ts';
import classes from './ComparePage.module.css';
import { ComparisonTable } from './ComparisonTable.tsx';
import { comparisonToCsv } from './comparisonCsv.ts';

const MetricCharts = lazy(() => import('../../charts/MetricCharts.tsx'));
const PlotGrid = lazy(() => import('../../plots/PlotGrid.tsx'));

const route = getRouteApi('/experiment-tracking/compare');

const NO_IDS: string[] = [];
const NO_RUNS: RunDetails[] = [];

/** `/experiment-tracking/compare`: any number of runs side by side. */
export default function ComparePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const ids = search.runs ?? NO_IDS;
  const [{ data, error, fetching }, refetch] = useQuery({
    query: ComparedRunsQuery,
    variables: { runIds: ids },
    pause: ids.length === 0,
  });
  const reload = () => refetch({ requestPolicy: 'network-only' });
  useChanges(['RUNS', 'INDEXING'], () => {
    if (ids.length > 0) reload();
  });
  usePageTitle('Comparison');

  const loaded = data?.runMetadata ?? NO_RUNS;
  // A run taken out, or moved, shows before the server has answered for the new set.
  const runs = useMemo(() => ids.flatMap((id) => loaded.find((run) => run.id === id) ?? []), [ids, loaded]);
  const sections = useMemo(() => buildComparison(runs), [runs]);
  const shown = useMemo(
    () => (search.changes ? onlyChanges(sections) : sections),
    [sections, search.changes],
  );

  const change = (part: Partial<CompareSearch>, replace = true) =>
    navigate({ search: (now) => ({ ...now, ...part }), replace });
  const setRuns = (next: string[]) => change({ runs: next });

  if (ids.length === 0) {
    return (
      <StateMessage
        heading="h1"
        icon={IconGitCompare}
        title="Nothing to compare yet"
        actions={
          <ButtonLink to="/experiment-tracking" search={{ compare: true }} variant="filled">
            Choose runs
          </ButtonLink>
        }
      >
        Choose two or more runs in the list, then compare them here.
      </StateMessage>
    );
  }
  if (error && !data) {
    return <LoadFailure title="The runs could not be loaded" error={error} onRetry={reload} />;
  }

  const view = search.view ?? 'overview';
  const complete = !fetching && data != null;
  const missing = complete ? ids.filter((id) => !runs.some((run) => run.id === id)) : NO_IDS;
  const baseline = search.baseline ?? runs[0]?.id ?? '';
  return (
    <article className={classes.page}>
      <header className={classes.header}>
        <div className={classes.top}>
          <nav aria-label="Breadcrumb" className={classes.crumbs}>
            <Link to="/experiment-tracking" search={{ compare: true, selected: ids }}>
              Experiments
            </Link>
            <span aria-hidden>/</span>
          </nav>
          <h1 className={classes.title}>Comparison</h1>
          <span className={classes.count}>{countOf(ids.length, 'run')}</span>
          <span className={classes.spring} />
          {view === 'overview' && (
            <Switch
              size="xs"
              label="Show changes"
              title="Show only what is not the same in all runs"
              checked={search.changes === true}
              onChange={(event) => change({ changes: event.currentTarget.checked || undefined })}
            />
          )}
          <AddRun compared={ids} onAdd={(id) => setRuns([...ids, id])} />
          <Button
            leftSection={<IconDownload size={14} aria-hidden />}
            aria-label="Export as CSV"
            disabled={runs.length === 0}
            onClick={() => download('comparison.csv', comparisonToCsv(runs), 'text/csv')}
          >
            <span className={classes.wideOnly}>Export</span>
          </Button>
        </div>
        <Tabs
          value={view}
          onChange={(next) =>
            change(
              { view: next === 'metrics' || next === 'plots' ? next : undefined, plot: undefined },
              false,
            )
          }
          classNames={{ list: classes.tabList, tab: classes.tab }}
        >
          <Tabs.List aria-label="Parts of the comparison">
            <Tabs.Tab value="overview">Overview</Tabs.Tab>
            <Tabs.Tab value="metrics">Metrics</Tabs.Tab>
            <Tabs.Tab value="plots">Plots</Tabs.Tab>
          </Tabs.List>
        </Tabs>
      </header>
      {missing.length > 0 && (
        <div className={classes.missing} role="status">
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            {countOf(missing.length, 'run is', 'runs are')} not in this project’s session store:{' '}
            <code>{missing.slice(0, 5).join(', ').slice(0, 300)}</code>
          </span>
          <Button size="compact-xs" onClick={() => setRuns(ids.filter((id) => !missing.includes(id)))}>
            Take out
          </Button>
        </div>
      )}
      {runs.length === 0 ? (
        complete ? (
          <StateMessage
            icon={IconGitCompare}
            title="None of these runs exists"
            actions={
              <ButtonLink to="/experiment-tracking" variant="filled">
                All runs
              </ButtonLink>
            }
          />
        ) : (
          <PageSkeleton />
        )
      ) : (
        <div className={classes.body} data-view={view}>
          {view === 'overview' &&
            (shown.length === 0 ? (
              <StateMessage
                icon={IconEqual}
                title="These runs are alike"
                actions={<Button onClick={() => change({ changes: undefined })}>Show everything</Button>}
              >
                Nothing that was recorded differs between them.
              </StateMessage>
            ) : (
              <ComparisonTable
                runs={runs}
                sections={shown}
                baseline={baseline}
                onBaseline={(id) => change({ baseline: id === ids[0] ? undefined : id })}
                onRunsChange={setRuns}
              />
            ))}
          <Suspense fallback={<PageSkeleton />}>
            {view === 'metrics' && (
              <div className={classes.scroll}>
                <h2 className="visually-hidden">Metrics</h2>
                <MetricCharts
                  selectedRunIds={ids}
                  onSelectRun={(id) =>
                    setRuns(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id])
                  }
                  search={{ metrics: search.metrics, chart: search.chart }}
                  onSearchChange={(charts) => change({ metrics: undefined, chart: undefined, ...charts })}
                />
              </div>
            )}
            {view === 'plots' && (
              <div className={classes.scroll}>
                <PlotGrid
                  runs={runs.map(({ id, title, plots }) => ({ id, title, plots }))}
                  expanded={search.plot}
                  onExpandedChange={(plot) => change({ plot }, false)}
                />
              </div>
            )}
          </Suspense>
        </div>
      )}
    </article>
  );
}
