import { IconFlaskOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useQuery } from 'urql';
import type { RunSearch, RunView } from '../address/search.ts';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { LoadFailure } from '../components/LoadFailure.tsx';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { REFRESH_MS } from '../data/refreshInterval.ts';
import { useChangesAtMost } from '../data/useChangesAtMost.ts';
import { Notices } from '../runs/Notices.tsx';
import { nameOfRun } from '../runs/runNames.ts';
import { type RunOnPage, RunQuery } from '../runs/runQueries.ts';
import { usePageTitle } from '../runs/usePageTitle.ts';
import { NodesTimeline } from './nodes/NodesTimeline.tsx';
import { Overview } from './overview/Overview.tsx';
import { RunHeader } from './RunHeader.tsx';
import classes from './RunPage.module.css';

const RunMetrics = lazy(() => import('./metrics/RunMetrics.tsx'));
const PlotGrid = lazy(() => import('../plots/PlotGrid.tsx'));
const RunData = lazy(() => import('./data/RunData.tsx'));
const RunCode = lazy(() => import('./code/RunCode.tsx'));
const RunEnvironment = lazy(() => import('./environment/RunEnvironment.tsx'));

const route = getRouteApi('/experiment-tracking/runs/$runId');

/** `/experiment-tracking/runs/<id>`: all that is known of one run. */
export default function RunPage() {
  const { runId } = route.useParams();
  const [{ data, error, fetching }, refetch] = useQuery({ query: RunQuery, variables: { id: runId } });
  const reload = () => refetch({ requestPolicy: 'network-only' });
  useChangesAtMost(REFRESH_MS, ['RUNS', 'INDEXING'], reload);
  const run = data?.run;
  usePageTitle(run ? nameOfRun(run).slice(0, 80) : 'Run');

  if (run?.id === runId) return <LoadedRun key={runId} run={run} />;
  if (error && !run) {
    return <LoadFailure title="The run could not be loaded" error={error} onRetry={reload} />;
  }
  if (!fetching && run === null) return <UnknownRun id={runId} />;
  return <PageSkeleton />;
}

function UnknownRun({ id }: { id: string }) {
  return (
    <StateMessage
      heading="h1"
      icon={IconFlaskOff}
      title="There is no such run"
      actions={
        <ButtonLink to="/experiment-tracking" variant="filled">
          All runs
        </ButtonLink>
      }
    >
      No run in this project’s session store has the id <code>{id.slice(0, 200)}</code>.
    </StateMessage>
  );
}

/** What belongs to one part of the page only, and goes when one turns to another. */
const OF_ONE_PART: Partial<RunSearch> = {
  plot: undefined,
  curve: undefined,
  find: undefined,
  file: undefined,
};

function LoadedRun({ run }: { run: RunOnPage }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = search.view ?? 'overview';
  const change = (part: Partial<RunSearch>, replace = true) =>
    navigate({ search: (now) => ({ ...now, ...part }), replace });
  return (
    <article className={classes.page}>
      <RunHeader
        run={run}
        view={view}
        onViewChange={(next) =>
          change({ ...OF_ONE_PART, view: next === 'overview' ? undefined : next }, false)
        }
      />
      <Notices />
      <div className={classes.body} data-view={view}>
        <Suspense fallback={<PageSkeleton />}>
          <Part run={run} view={view} search={search} change={change} />
        </Suspense>
      </div>
    </article>
  );
}

type PartProps = {
  run: RunOnPage;
  view: RunView;
  search: RunSearch;
  change: (part: Partial<RunSearch>, replace?: boolean) => void;
};

function Part({ run, view, search, change }: PartProps) {
  const navigate = route.useNavigate();
  switch (view) {
    case 'overview':
      return <Overview run={run} />;
    case 'nodes':
      return <NodesTimeline nodes={run.nodes} runEnd={run.endedAt} />;
    case 'metrics':
      return (
        <RunMetrics
          run={run}
          search={search}
          // A curve that is opened can be closed with the browser's way back.
          onSearchChange={(part) => change(part, part.curve === undefined)}
          onSelectRun={(runId) =>
            navigate({ to: '/experiment-tracking/runs/$runId', params: { runId }, search: (now) => now })
          }
        />
      );
    case 'plots':
      return (
        <PlotGrid
          runs={[run]}
          settings={{ plot: search.plot }}
          onSettingsChange={({ plot }, replace = false) => change({ plot }, replace)}
        />
      );
    case 'data':
      return <RunData run={run} find={search.find} onFind={(find) => change({ find })} />;
    case 'code':
      return <RunCode run={run} search={search} onSearchChange={change} />;
    case 'environment':
      return <RunEnvironment run={run} find={search.find} onFind={(find) => change({ find })} />;
  }
}
