import { type RawSearch, readFlag, readList, readText, readWord } from '../app/searchParams.ts';
import type { RunOrder, RunOrderField } from '../graphql/generated/graphql.ts';

const CHARTS = ['time', 'parallel'] as const;
const VIEWS = ['overview', 'metrics', 'plots'] as const;

const RUN_VIEWS = [...VIEWS, 'nodes'] as const;

/** Parts of the comparison. */
export type View = (typeof VIEWS)[number];

/** Parts of the run page. */
export type RunView = (typeof RUN_VIEWS)[number];

type ChartsSearch = { metrics?: string[]; chart?: (typeof CHARTS)[number] };

/** State of `/experiment-tracking`. */
export type ExperimentsSearch = ChartsSearch & {
  tab?: 'metrics';
  /** What is searched for. */
  q?: string;
  bookmarked?: true;
  /** "title", "-started", "metric:metrics.r2"; a minus sorts downwards. */
  sort?: string;
  /** Metrics shown as columns; without it the first few, and none for ["none"]. */
  columns?: string[];
  /** Whether runs are being chosen for a comparison. */
  compare?: true;
  selected?: string[];
};

/** State of a run's page. */
export type RunSearch = ChartsSearch & { view?: RunView; plot?: string };

/** State of the comparison. */
export type CompareSearch = ChartsSearch & {
  runs?: string[];
  baseline?: string;
  view?: View;
  /** Whether rows that are the same in all runs are hidden. */
  changes?: true;
  plot?: string;
};

/** An address of Kedro-Viz 10: `?run_id=A,B&view=Plots`. */
export type OldSearch = { run_id?: string[]; view?: View };

function readCharts(raw: RawSearch): ChartsSearch {
  return { metrics: readList(raw.metrics), chart: readWord(raw.chart, CHARTS) };
}

export function readExperimentsSearch(raw: RawSearch): ExperimentsSearch & OldSearch {
  const sort = readText(raw.sort);
  return {
    tab: readWord(raw.tab, ['metrics'] as const),
    q: readText(raw.q),
    bookmarked: readFlag(raw.bookmarked),
    sort: sort !== undefined && parseSort(sort) !== undefined ? sort : undefined,
    columns: readList(raw.columns),
    compare: readFlag(raw.compare),
    selected: readList(raw.selected),
    ...readCharts(raw),
    run_id: readList(raw.run_id),
    view: raw.run_id === undefined ? undefined : readWord(raw.view, VIEWS),
  };
}

export function readRunSearch(raw: RawSearch): RunSearch {
  return { view: readWord(raw.view, RUN_VIEWS), plot: readText(raw.plot), ...readCharts(raw) };
}

export function readCompareSearch(raw: RawSearch): CompareSearch {
  const runs = readList(raw.runs);
  const baseline = readText(raw.baseline);
  return {
    runs,
    baseline: baseline !== undefined && runs?.includes(baseline) ? baseline : undefined,
    view: readWord(raw.view, VIEWS),
    changes: readFlag(raw.changes),
    plot: readText(raw.plot),
    ...readCharts(raw),
  };
}

const SORT_FIELDS: Record<string, RunOrderField> = {
  started: 'STARTED',
  title: 'TITLE',
  status: 'STATUS',
  duration: 'DURATION',
  author: 'AUTHOR',
  git: 'GIT_BRANCH',
  pipeline: 'PIPELINE',
  bookmark: 'BOOKMARK',
};

/** The order that the server is asked for; undefined for a text that names none. */
export function parseSort(sort: string): RunOrder | undefined {
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  const name = sort.replace(/^-/, '');
  if (name.startsWith('metric:') && name.length > 'metric:'.length) {
    return { field: 'METRIC', direction, metric: name.slice('metric:'.length) };
  }
  const field = SORT_FIELDS[name];
  return field === undefined ? undefined : { field, direction };
}

/** The sort after a click on a column: downwards for what one wants the most of, then the other way round. */
export function nextSort(current: string | undefined, column: string): string | undefined {
  const now = current ?? DEFAULT_SORT;
  const downFirst = column.startsWith('metric:') || ['started', 'duration', 'bookmark'].includes(column);
  const first = downFirst ? `-${column}` : column;
  const second = downFirst ? column : `-${column}`;
  const next = now === first ? second : first;
  return next === DEFAULT_SORT ? undefined : next;
}

/** Newest first. */
export const DEFAULT_SORT = '-started';
