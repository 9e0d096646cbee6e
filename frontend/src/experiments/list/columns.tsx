import { Checkbox } from '@mantine/core';
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

export type RowActions = {
  onBookmark: (run: RunRow, bookmarked: boolean) => void;
  /** `range` extends the selection to this run from the one that was toggled before. */
  onToggle: (run: RunRow, range: boolean) => void;
  isSelected: (run: RunRow) => boolean;
};

/** Columns that stay in place while one scrolls sideways. */
export const PINNED = ['select', 'bookmark', 'status', 'title'];

/** The columns of the list; `shown` are its metrics, in the order in which `metricValues` were asked for. */
export function createColumns(
  shown: MetricColumn[],
  formats: NumberFormat[],
  actions: RowActions,
  compact: boolean,
): RunColumn[] {
  return [
    helper.display({
      id: 'select',
      size: 40,
      header: () => <span className="visually-hidden">Selected</span>,
      cell: ({ row }) => (
        <Checkbox
          checked={actions.isSelected(row.original)}
          aria-label={`Select ${row.original.title.slice(0, 80)}`}
          // The click tells about the shift key, which a change does not.
          onClick={(event) => {
            event.stopPropagation();
            actions.onToggle(row.original, event.shiftKey);
          }}
          onChange={() => {}}
        />
      ),
    }),
    helper.display({
      id: 'bookmark',
      size: 36,
      meta: { sort: 'bookmark', description: 'Bookmark' },
      header: '★',
      cell: ({ row }) => (
        <BookmarkButton
          title={row.original.title}
          bookmarked={row.original.bookmark ?? false}
          onChange={(bookmarked) => actions.onBookmark(row.original, bookmarked)}
        />
      ),
    }),
    helper.display({
      id: 'status',
      size: 34,
      header: () => <span className="visually-hidden">Status</span>,
      cell: ({ row }) => <StatusBadge status={row.original.status} compact />,
    }),
    helper.display({
      id: 'title',
      size: compact ? 190 : 264,
      minSize: 140,
      maxSize: 900,
      meta: { sort: 'title' },
      header: 'Title',
      cell: ({ row }) => (
        <Link
          className={classes.title}
          to="/experiment-tracking/runs/$runId"
          params={{ runId: row.original.id }}
          title={row.original.title}
          dir="auto"
        >
          {row.original.title}
        </Link>
      ),
    }),
    helper.display({
      id: 'started',
      size: 108,
      meta: { sort: 'started' },
      header: 'Started',
      cell: ({ row }) => <RelativeTime iso={row.original.startedAt} />,
    }),
    helper.display({
      id: 'duration',
      size: 96,
      meta: { sort: 'duration', numeric: true },
      header: 'Duration',
      cell: ({ row }) => (
        <Duration
          seconds={row.original.duration}
          startedAt={row.original.startedAt}
          running={row.original.status === 'RUNNING'}
        />
      ),
    }),
    helper.display({
      id: 'author',
      size: 124,
      meta: { sort: 'author' },
      header: 'Author',
      cell: ({ row }) => <Text value={row.original.author} />,
    }),
    helper.display({
      id: 'git',
      size: 196,
      meta: { sort: 'git' },
      header: 'Git',
      cell: ({ row: { original: run } }) => (
        <GitReference branch={run.gitBranch} sha={run.gitSha} dirty={run.gitDirty} />
      ),
    }),
    ...shown.map((metric, index) =>
      helper.display({
        id: `metric:${metric.id}`,
        size: Math.min(220, Math.max(112, metric.key.length * 7.4 + 40)),
        minSize: 80,
        maxSize: 500,
        meta: {
          sort: `metric:${metric.id}`,
          numeric: true,
          dataset: metric.dataset,
          description: `${metric.key} of ${metric.dataset}`,
        },
        header: metric.key,
        cell: ({ row }) => (
          <MetricCell
            value={row.original.metricValues[index] ?? null}
            metric={metric}
            format={formats[index]}
          />
        ),
      }),
    ),
    helper.display({
      id: 'pipeline',
      size: 128,
      meta: { sort: 'pipeline' },
      header: 'Pipeline',
      cell: ({ row }) => <Text value={row.original.pipeline} />,
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
  format: NumberFormat | undefined;
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
