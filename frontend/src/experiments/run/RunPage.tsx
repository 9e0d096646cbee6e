import { ActionIcon, Button, Tabs, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconFlaskOff,
  IconGitCompare,
} from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useQuery } from 'urql';
import { usePageTitle } from '../../app/usePageTitle.ts';
import { ButtonLink, IconLink } from '../../components/ButtonLink.tsx';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { download } from '../../formatting/csv.ts';
import { useChanges } from '../../graphql/changes.ts';
import { BookmarkButton } from '../BookmarkButton.tsx';
import { comparisonToCsv } from '../comparison/comparisonCsv.ts';
import { Notices } from '../Notices.tsx';
import { useUpdateRun } from '../runDetails.ts';
import { lastListedOrder } from '../runOrder.ts';
import { NewestRunsQuery, type RunDetails, RunQuery } from '../runQueries.ts';
import { type RunSearch, readRunSearch } from '../search.ts';
import { EditableTitle } from './EditableTitle.tsx';
import { NodesTimeline } from './nodes/NodesTimeline.tsx';
import { Overview } from './overview/Overview.tsx';
import classes from './RunPage.module.css';

const MetricCharts = lazy(() => import('../../charts/MetricCharts.tsx'));
const PlotGrid = lazy(() => import('../../plots/PlotGrid.tsx'));

const route = getRouteApi('/experiment-tracking/runs/$runId');

/** `/experiment-tracking/runs/<id>`: all that is known of one run. */
export default function RunPage() {
  const { runId } = route.useParams();
  const [{ data, error, fetching }, refetch] = useQuery({ query: RunQuery, variables: { id: runId } });
  const reload = () => refetch({ requestPolicy: 'network-only' });
  useChanges(['RUNS', 'INDEXING'], reload);
  const run = data?.run;
  usePageTitle(run?.title.slice(0, 80) ?? 'Run');

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

function LoadedRun({ run }: { run: RunDetails }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const update = useUpdateRun();
  const [problem, setProblem] = useState<string>();
  const view = search.view ?? 'overview';
  const change = (part: Partial<RunSearch>, replace = true) =>
    navigate({ search: (now) => ({ ...now, ...part }), replace });

  return (
    <article className={classes.page}>
      <header className={classes.header}>
        <div className={classes.top}>
          <nav aria-label="Breadcrumb" className={classes.crumbs}>
            <Link to="/experiment-tracking">Experiments</Link>
            <span aria-hidden>/</span>
          </nav>
          <EditableTitle
            title={run.title}
            // A title that is taken away gives the run its id back as title.
            onSave={(title) => update(run.id, { title: title === '' ? run.id : title })}
          />
          <BookmarkButton
            size={28}
            title={run.title}
            bookmarked={run.bookmark ?? false}
            onChange={async (bookmark) => setProblem(await update(run.id, { bookmark }))}
          />
          <StatusBadge status={run.status} progress={run.progress} />
          <span className={classes.spring} />
          <Neighbours id={run.id} />
          <Button
            leftSection={<IconDownload size={14} aria-hidden />}
            aria-label="Export as CSV"
            onClick={() => download('run.csv', comparisonToCsv([run]), 'text/csv')}
          >
            <span className={classes.wideOnly}>Export</span>
          </Button>
          <ButtonLink
            to="/experiment-tracking"
            search={{ compare: true, selected: [run.id] }}
            leftSection={<IconGitCompare size={14} aria-hidden />}
            aria-label="Compare with other runs"
          >
            <span className={classes.wideOnly}>Compare</span>
          </ButtonLink>
        </div>
        {problem && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        <Tabs
          value={view}
          onChange={(next) =>
            change(
              { view: next === 'overview' ? undefined : readRunSearch({ view: next }).view, plot: undefined },
              false,
            )
          }
          classNames={{ list: classes.tabList, tab: classes.tab }}
        >
          <Tabs.List aria-label="Parts of the run">
            <Tabs.Tab value="overview">Overview</Tabs.Tab>
            <Tabs.Tab value="metrics">Metrics</Tabs.Tab>
            <Tabs.Tab value="nodes">
              Nodes{run.nodes.length > 0 && <span className={classes.tabCount}>{run.nodes.length}</span>}
            </Tabs.Tab>
            <Tabs.Tab value="plots">
              Plots{run.plots.length > 0 && <span className={classes.tabCount}>{run.plots.length}</span>}
            </Tabs.Tab>
          </Tabs.List>
        </Tabs>
      </header>
      <Notices />
      <div className={classes.body} data-view={view}>
        {view === 'overview' && <Overview run={run} />}
        {view === 'nodes' && <NodesTimeline nodes={run.nodes} runEnd={run.endedAt} />}
        <Suspense fallback={<PageSkeleton />}>
          {view === 'metrics' && <h2 className="visually-hidden">Metrics</h2>}
          {view === 'metrics' && (
            <MetricCharts
              selectedRunIds={[run.id]}
              onSelectRun={(id) =>
                navigate({
                  to: '/experiment-tracking/runs/$runId',
                  params: { runId: id },
                  search: (now) => now,
                })
              }
              search={{ metrics: search.metrics, chart: search.chart }}
              onSearchChange={(charts) => change({ metrics: undefined, chart: undefined, ...charts })}
            />
          )}
          {view === 'plots' && (
            <PlotGrid
              runs={[{ id: run.id, title: run.title, plots: run.plots }]}
              expanded={search.plot}
              onExpandedChange={(plot) => change({ plot }, false)}
            />
          )}
        </Suspense>
      </div>
    </article>
  );
}

/** Ways to the runs before and after this one, in the order of the list that one came from. */
function Neighbours({ id }: { id: string }) {
  const [listed] = useState(lastListedOrder);
  const known = listed.includes(id);
  const [{ data }] = useQuery({ query: NewestRunsQuery, variables: { first: 200 }, pause: known });
  const order = known ? listed : (data?.runs.edges.map((edge) => edge.node.id) ?? []);
  const at = order.indexOf(id);
  const neighbours = [
    { label: 'Previous run in the list', id: order[at - 1], icon: IconChevronLeft },
    { label: 'Next run in the list', id: at < 0 ? undefined : order[at + 1], icon: IconChevronRight },
  ];
  return (
    <span className={classes.neighbours}>
      {neighbours.map(({ label, id: other, icon: Glyph }) =>
        other === undefined ? (
          <ActionIcon key={label} disabled aria-label={label}>
            <Glyph size={16} aria-hidden />
          </ActionIcon>
        ) : (
          <Tooltip key={label} label={label}>
            <IconLink
              aria-label={label}
              to="/experiment-tracking/runs/$runId"
              params={{ runId: other }}
              search={(now: RunSearch) => ({ ...now, plot: undefined })}
            >
              <Glyph size={16} aria-hidden />
            </IconLink>
          </Tooltip>
        ),
      )}
    </span>
  );
}
