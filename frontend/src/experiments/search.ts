import { type RawSearch, readFlag, readList, readText, readWord } from '../app/searchParams.ts';
import type { RunOrder, RunOrderField } from '../graphql/generated/graphql.ts';

const CHARTS = ['time', 'parallel'] as const;
const VIEWS = ['overview', 'metrics', 'plots'] as const;

const RUN_VIEWS = [...VIEWS, 'nodes', 'data', 'code', 'environment'] as const;

const COMPARE_VIEWS = [...VIEWS, 'series', 'data', 'code', 'environment', 'configuration'] as const;

/** Parts of the comparison. */
export type CompareView = (typeof COMPARE_VIEWS)[number];

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
export type RunSearch = ChartsSearch & {
  view?: RunView;
  plot?: string;
  /** Whether the metrics are those within the run, or those of all runs. */
  scope?: 'run' | 'runs';
  /** Along what the curves within the run are drawn; by step if it is not given. */
  axis?: 'time';
  log?: true;
  table?: true;
  /** The curve that is shown large. */
  curve?: string;
  /** What is searched for in the part that is shown. */
  find?: string;
  /** The source file that is shown. */
  file?: string;
  /** How the uncommitted changes are shown: side by side, or else unified. */
  diff?: 'split';
};

/** State of the comparison. */
export type CompareSearch = ChartsSearch & {
  runs?: string[];
  baseline?: string;
  view?: CompareView;
  /** Whether what is the same in all runs is hidden. */
  changes?: true;
  plot?: string;
  /** Rows to find. */
  find?: string;
  /** The run whose code is compared with the baseline's. */
  against?: string;
  /** Files whose differences are open. */
  files?: string[];
  /** How differences of files are shown: side by side, or else unified. */
  diff?: 'split';
  /** What series are drawn along; by step if it is not given. */
  axis?: 'time';
  log?: true;
  /** Whether the last values of series stand in a table. */
  table?: true;
  /** The series that is shown large. */
  curve?: string;
};

/** An address of Kedro-Viz 10: `?run_id=A,B&view=Plots`. */
export type OldSearch = { run_id?: string[]; view?: (typeof VIEWS)[number] };

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
  return {
    view: readWord(raw.view, RUN_VIEWS),
    plot: readText(raw.plot),
    scope: readWord(raw.scope, ['run', 'runs'] as const),
    axis: readWord(raw.axis, ['time'] as const),
    log: readFlag(raw.log),
    table: readFlag(raw.table),
    curve: readText(raw.curve),
    find: readText(raw.find),
    file: readText(raw.file),
    diff: readWord(raw.diff, ['split'] as const),
    ...readCharts(raw),
  };
}

export function readCompareSearch(raw: RawSearch): CompareSearch {
  const runs = readList(raw.runs);
  const baseline = readText(raw.baseline);
  return {
    runs,
    baseline: baseline !== undefined && runs?.includes(baseline) ? baseline : undefined,
    view: readWord(raw.view, COMPARE_VIEWS),
    changes: readFlag(raw.changes),
    plot: readText(raw.plot),
    find: readText(raw.find),
    against: readText(raw.against),
    files: readList(raw.files),
    diff: readWord(raw.diff, ['split'] as const),
    axis: readWord(raw.axis, ['time'] as const),
    log: readFlag(raw.log),
    table: readFlag(raw.table),
    curve: readText(raw.curve),
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
