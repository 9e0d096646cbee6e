import { Button, Switch } from '@mantine/core';
import {
  IconAdjustments,
  IconAlertTriangle,
  IconDatabase,
  IconGitCompare,
  IconPackage,
} from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useQuery } from 'urql';
import { usePageTitle } from '../../app/usePageTitle.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { type PartTab, PartTabs } from '../../components/PartTabs.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { useChanges } from '../../graphql/changes.ts';
import { ComparedRunsQuery, type RunDetails } from '../runQueries.ts';
import type { CompareSearch, CompareView } from '../search.ts';
import { AddRun } from './AddRun.tsx';
import { buildComparison } from './buildComparison.ts';
import classes from './ComparePage.module.css';
import {
  ComparedConfigurationsQuery,
  ComparedDataQuery,
  ComparedEnvironmentsQuery,
} from './comparisonQueries.ts';
import { configurationSections } from './configurationSections.ts';
import { dataSections } from './dataSections.ts';
import { ExportButton } from './ExportButton.tsx';
import { environmentSections } from './environmentSections.ts';
import { RecordPart } from './RecordPart.tsx';
import { type PartProps, TablePart } from './TablePart.tsx';

const MetricCharts = lazy(() => import('../../charts/MetricCharts.tsx'));
const PlotGrid = lazy(() => import('../../plots/PlotGrid.tsx'));
const CodePart = lazy(() => import('./CodePart.tsx'));
const SeriesPart = lazy(() => import('./SeriesPart.tsx'));

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
          <AddRun compared={ids} onAdd={(id) => setRuns([...ids, id])} />
          <ExportButton runs={runs} fileName="comparison.csv" />
        </div>
        <div className={classes.bar}>
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
          <div className={classes.tools}>
            {SEARCHED.has(view) && (
              <SearchField
                className={classes.find}
                label="Search this part"
                placeholder="Search…"
                delay={150}
                value={search.find}
                onChange={(find) => change({ find })}
              />
            )}
            {(SEARCHED.has(view) || view === 'code') && (
              <Switch
                size="xs"
                label="Differences only"
                title="Hide what is the same in all runs"
                checked={search.changes === true}
                onChange={(event) => change({ changes: event.currentTarget.checked || undefined })}
              />
            )}
          </div>
        </div>
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
          <Suspense fallback={<PageSkeleton />}>
            <Part
              key={view}
              view={view}
              runs={runs}
              baseline={baseline}
              search={search}
              onSearchChange={change}
            />
          </Suspense>
        </div>
      )}
    </article>
  );
}

const PARTS: PartTab<CompareView>[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'metrics', label: 'Metrics' },
  { value: 'series', label: 'Series' },
  { value: 'plots', label: 'Plots' },
  { value: 'data', label: 'Data' },
  { value: 'code', label: 'Code' },
  { value: 'environment', label: 'Environment' },
  { value: 'configuration', label: 'Configuration' },
];

/** Parts that can be searched by name. */
const SEARCHED = new Set<CompareView>(['overview', 'series', 'data', 'environment', 'configuration']);

function Part({ view, ...part }: PartProps & { view: CompareView }) {
  const { runs, search, onSearchChange } = part;
  const ids = runs.map(({ id }) => id);
  switch (view) {
    case 'overview':
      return <OverviewPart {...part} />;
    case 'metrics':
      return (
        <div className={classes.scroll}>
          <h2 className="visually-hidden">Metrics</h2>
          <MetricCharts
            selectedRunIds={ids}
            onSelectRun={(id) =>
              onSearchChange({ runs: ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id] })
            }
            search={{ metrics: search.metrics, chart: search.chart }}
            onSearchChange={(charts) => onSearchChange({ metrics: undefined, chart: undefined, ...charts })}
          />
        </div>
      );
    case 'series':
      return <SeriesPart {...part} />;
    case 'plots':
      return (
        <div className={classes.scroll}>
          <PlotGrid
            runs={runs.map(({ id, title, plots }) => ({ id, title, plots }))}
            expanded={search.plot}
            onExpandedChange={(plot) => onSearchChange({ plot }, false)}
          />
        </div>
      );
    case 'data':
      return (
        <RecordPart
          {...part}
          query={ComparedDataQuery}
          build={dataSections}
          isRecorded={({ dataUses }) => dataUses.length > 0}
          subject="data"
          icon={IconDatabase}
          empty="What a run loads and saves is recorded while it runs. Data that only passes through memory is not told."
        />
      );
    case 'code':
      return <CodePart {...part} />;
    case 'environment':
      return (
        <RecordPart
          {...part}
          query={ComparedEnvironmentsQuery}
          build={environmentSections}
          isRecorded={({ environment }) => environment !== null}
          subject="environment"
          icon={IconPackage}
          empty="Python and its packages are recorded when a run begins."
        />
      );
    case 'configuration':
      return (
        <RecordPart
          {...part}
          query={ComparedConfigurationsQuery}
          build={configurationSections}
          isRecorded={({ configuration }) => configuration !== null}
          subject="configuration"
          icon={IconAdjustments}
          empty="How a run was started and its catalog are recorded when it begins."
        />
      );
  }
}

function OverviewPart(part: PartProps) {
  const { runs } = part;
  const sections = useMemo(() => buildComparison(runs), [runs]);
  return <TablePart {...part} sections={sections} />;
}
