import { Link } from '@tanstack/react-router';
import {
  type ColumnDef,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Duration, Missing, RelativeTime } from '../../components/time.tsx';
import { formatNumber, type NumberFormat, placeInRange } from '../../formatting/numbers.ts';
import type { MetricColumnsQuery } from '../../graphql/generated/graphql.ts';
import { BookmarkButton } from '../BookmarkButton.tsx';
import { GitReference } from '../GitReference.tsx';
import classes from './RunsTable.module.css';
import type { RunRow } from './runsQuery.ts';

export type MetricColumn = MetricColumnsQuery['metricColumns'][number];

/** What the table knows of a column beside its cells. */
export type RunColumnMeta = {
  /** Name in the address; a column without one cannot be sorted. */
  sort?: string;
  numeric?: boolean;
  /** The dataset that holds a metric. */
  dataset?: string;
  /** Full name for screen readers and on hover. */
  description?: string;
  /** Draws a cell. (A function, not a component: there are thousands of cells, and none has state.) */
  cell: (run: RunRow) => ReactNode;
};

export const features = tableFeatures({
  columnVisibilityFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
  // A slot for a type: the value is never read.
  columnMeta: {} as RunColumnMeta,
});

export type RunColumn = ColumnDef<typeof features, RunRow, unknown>;

const helper = createColumnHelper<typeof features, RunRow>();

/** Columns that stay in place while one scrolls sideways. */
export const PINNED = ['select', 'bookmark', 'status', 'title'];

/**
 * The columns of the list.
 *
 * @param shown the metrics, in the order in which `metricValues` were asked for
 * @param formatOf how the numbers of the metric at an index of `shown` are written
 * @param onBookmark called when a star is clicked
 * @param compact whether the window is narrow
 */
export function createColumns(
  shown: MetricColumn[],
  formatOf: (index: number) => NumberFormat,
  onBookmark: (run: RunRow, bookmarked: boolean) => void,
  compact: boolean,
): RunColumn[] {
  return [
    helper.display({
      id: 'select',
      size: 40,
      header: () => <span className="visually-hidden">Selected</span>,
      // The table draws this one itself: it alone knows what is selected.
      meta: { cell: () => null },
    }),
    helper.display({
      id: 'bookmark',
      size: 36,
      header: '★',
      meta: {
        sort: 'bookmarked',
        description: 'Bookmark',
        cell: (run) => (
          <BookmarkButton
            title={run.title}
            bookmarked={run.bookmark ?? false}
            onChange={(bookmarked) => onBookmark(run, bookmarked)}
          />
        ),
      },
    }),
    helper.display({
      id: 'status',
      size: 34,
      header: () => <span className="visually-hidden">Status</span>,
      meta: { cell: (run) => <StatusBadge status={run.status} progress={run.progress} compact /> },
    }),
    helper.display({
      id: 'title',
      size: compact ? 190 : 264,
      minSize: 140,
      maxSize: 900,
      header: 'Title',
      meta: {
        sort: 'title',
        cell: (run) => (
          <Link
            className={classes.title}
            to="/experiment-tracking/runs/$runId"
            params={{ runId: run.id }}
            title={run.title}
            dir="auto"
            preload={false}
          >
            {run.title}
          </Link>
        ),
      },
    }),
    helper.display({
      id: 'started',
      size: 108,
      header: 'Started',
      meta: { sort: 'started', cell: (run) => <RelativeTime iso={run.startedAt} /> },
    }),
    helper.display({
      id: 'duration',
      size: 96,
      header: 'Duration',
      meta: {
        sort: 'duration',
        numeric: true,
        cell: (run) => (
          <Duration seconds={run.duration} startedAt={run.startedAt} running={run.status === 'RUNNING'} />
        ),
      },
    }),
    helper.display({
      id: 'author',
      size: 124,
      header: 'Author',
      meta: { sort: 'author', cell: (run) => <Text value={run.author} /> },
    }),
    helper.display({
      id: 'git',
      size: 196,
      header: 'Git',
      meta: {
        sort: 'git.branch',
        cell: (run) => <GitReference branch={run.gitBranch} sha={run.gitSha} dirty={run.gitDirty} />,
      },
    }),
    ...shown.map((metric, index) =>
      helper.display({
        id: `metric:${metric.id}`,
        size: Math.min(220, Math.max(112, metric.key.length * 7.4 + 40)),
        minSize: 80,
        maxSize: 500,
        header: metric.key,
        meta: {
          sort: `metrics.${metric.id}`,
          numeric: true,
          dataset: metric.dataset,
          description: `${metric.key} of ${metric.dataset}`,
          cell: (run) => (
            <MetricCell value={run.metricValues[index] ?? null} metric={metric} format={formatOf(index)} />
          ),
        },
      }),
    ),
    helper.display({
      id: 'pipeline',
      size: 128,
      header: 'Pipeline',
      meta: { sort: 'pipeline', cell: (run) => <Text value={run.pipeline} /> },
    }),
  ];
}

function Text({ value }: { value: string | null }) {
  if (!value) return <Missing />;
  return (
    <span className={classes.text} title={value} dir="auto">
      {value}
    </span>
  );
}

type MetricCellProps = {
  value: RunRow['metricValues'][number];
  metric: MetricColumn;
  format: NumberFormat;
};

function MetricCell({ value, metric, format }: MetricCellProps) {
  if (value === null) return <Missing />;
  const place = placeInRange(value, metric.min, metric.max);
  return (
    <span className={classes.metric} title={String(value)}>
      {formatNumber(value, format)}
      {place !== null && (
        <span className={classes.bar} aria-hidden>
          <span style={{ transform: `scaleX(${Math.max(0.02, place)})` }} />
        </span>
      )}
    </span>
  );
}
