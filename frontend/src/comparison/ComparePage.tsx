import { Button } from '@mantine/core';
import { IconAlertTriangle, IconGitCompare } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useQuery } from 'urql';
import type { CompareSearch, CompareView } from '../address/search.ts';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { LoadFailure } from '../components/LoadFailure.tsx';
import { NoticeBar } from '../components/NoticeBar.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { type PartTab, PartTabs } from '../components/PartTabs.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { REFRESH_MS } from '../data/refreshInterval.ts';
import { useChangesAtMost } from '../data/useChangesAtMost.ts';
import { countOf } from '../formatting/numbers.ts';
import { usePageTitle } from '../runs/usePageTitle.ts';
import { AddRun } from './AddRun.tsx';
import classes from './ComparePage.module.css';
import { CompareTools, layoutFor } from './CompareTools.tsx';
import { type ComparedRun, ComparedRunsQuery } from './comparisonQueries.ts';
import { ConfigurationPart, DataPart, EnvironmentPart } from './data/recordParts.tsx';
import { ExportButton } from './ExportButton.tsx';
import { JsonPart } from './json/JsonPart.tsx';
import { OverviewPart } from './OverviewPart.tsx';
import type { PartProps } from './TablePart.tsx';
import { baselineFirst } from './table/runOrderEdits.ts';

const MetricCharts = lazy(() => import('../charts/MetricCharts.tsx'));
const PlotsPart = lazy(() => import('./plots/PlotsPart.tsx'));
const CodePart = lazy(() => import('./code/CodePart.tsx'));
const SeriesPart = lazy(() => import('./series/SeriesPart.tsx'));

const route = getRouteApi('/experiment-tracking/compare');

const NO_IDS: string[] = [];
const NO_RUNS: ComparedRun[] = [];

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
  useChangesAtMost(REFRESH_MS, ['RUNS', 'INDEXING'], () => {
    if (ids.length > 0) reload();
  });
  usePageTitle('Comparison');

  const loaded = data?.runMetadata ?? NO_RUNS;
  // A run taken out, or moved, shows before the server has answered for the new set.
  const runs = useMemo(() => {
    const found = new Map(loaded.map((run) => [run.id, run]));
    return baselineFirst(ids, search.baseline).flatMap((id) => found.get(id) ?? []);
  }, [ids, search.baseline, loaded]);
  const change = (part: Partial<CompareSearch>, replace = true) =>
    navigate({ search: (now) => withoutDefaults({ ...now, ...part }), replace });
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
  const baseline = runs[0]?.id ?? '';
  const layout = search.layout ?? layoutFor(ids.length);
  return (
    <article className={classes.page}>
      <PageHeader
        back={
          <Link to="/experiment-tracking" search={{ compare: true, selected: ids }}>
            Experiments
          </Link>
        }
        row={
          <>
            <h1 className={classes.title}>Comparison</h1>
            <span className={classes.count}>{countOf(ids.length, 'run')}</span>
            <span className={classes.spring} />
            <AddRun compared={ids} onAdd={(id) => setRuns([...ids, id])} />
            <ExportButton runIds={runs.map(({ id }) => id)} layout={layout} fileName="comparison.csv" />
          </>
        }
      >
        <div className={classes.bar}>
          <div className={classes.parts}>
            <PartTabs
              label="Parts of the comparison"
              parts={PARTS}
              value={view}
              onChange={(part) =>
                change(
                  { view: part === 'overview' ? undefined : part, plot: undefined, find: undefined },
                  false,
                )
              }
            />
          </div>
          <CompareTools
            view={view}
            layout={layout}
            runs={ids.length}
            search={search}
            onSearchChange={change}
          />
        </div>
      </PageHeader>
      {missing.length > 0 && (
        <NoticeBar
          icon={IconAlertTriangle}
          tone="warning"
          role="status"
          action={
            <Button size="compact-xs" onClick={() => setRuns(ids.filter((id) => !missing.includes(id)))}>
              Take out
            </Button>
          }
        >
          {countOf(missing.length, 'run is', 'runs are')} not in this project’s session store:{' '}
          <code>{missing.slice(0, 5).join(', ').slice(0, 300)}</code>
        </NoticeBar>
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
          <Suspense fallback={<PageSkeleton />}>
            <Part
              key={view}
              view={view}
              runs={runs}
              baseline={baseline}
              layout={layout}
              search={search}
              onSearchChange={change}
            />
          </Suspense>
        </div>
      )}
    </article>
  );
}

/** The first run is the baseline without a word. */
function withoutDefaults(search: CompareSearch): CompareSearch {
  return search.baseline === search.runs?.[0] ? { ...search, baseline: undefined } : search;
}

const PARTS: PartTab<CompareView>[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'metrics', label: 'Metrics' },
  { value: 'series', label: 'Series' },
  { value: 'plots', label: 'Plots' },
  { value: 'json', label: 'JSON' },
  { value: 'data', label: 'Data' },
  { value: 'code', label: 'Code' },
  { value: 'environment', label: 'Environment' },
  { value: 'configuration', label: 'Configuration' },
];

function Part({ view, ...part }: PartProps & { view: CompareView }) {
  switch (view) {
    case 'overview':
      return <OverviewPart {...part} />;
    case 'metrics':
      return <MetricsPart {...part} />;
    case 'series':
      return <SeriesPart {...part} />;
    case 'plots':
      return <PlotsPart {...part} />;
    case 'json':
      return <JsonPart {...part} />;
    case 'data':
      return <DataPart {...part} />;
    case 'code':
      return <CodePart {...part} />;
    case 'environment':
      return <EnvironmentPart {...part} />;
    case 'configuration':
      return <ConfigurationPart {...part} />;
  }
}

function MetricsPart({ runs, baseline, search, onSearchChange }: PartProps) {
  const ids = runs.map(({ id }) => id);
  return (
    <div className={classes.scroll}>
      <h2 className="visually-hidden">Metrics</h2>
      <MetricCharts
        selectedRunIds={ids}
        onSelectRun={(id) =>
          onSearchChange({ runs: ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id] })
        }
        pinnedRunId={baseline}
        search={search}
        onSearchChange={onSearchChange}
      />
    </div>
  );
}
