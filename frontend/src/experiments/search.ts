import { type RawSearch, readFlag, readList, readText, readWord } from '../app/searchParams.ts';
import { type ChartsSearch, readCharts } from '../charts/chartsSearch.ts';
import { readWidths } from './columnWidths.ts';
import { parseRunColumn } from './runColumns.ts';
import { readSort } from './runSort.ts';

const VIEWS = ['overview', 'metrics', 'plots'] as const;

const RUN_VIEWS = [...VIEWS, 'nodes', 'data', 'code', 'environment'] as const;

const COMPARE_VIEWS = [...VIEWS, 'series', 'data', 'code', 'environment', 'configuration'] as const;

/** Parts of the comparison. */
export type CompareView = (typeof COMPARE_VIEWS)[number];

/** Parts of the run page. */
export type RunView = (typeof RUN_VIEWS)[number];

/** State of `/experiment-tracking`. A saved view is this without `selected`. */
export type ExperimentsSearch = ChartsSearch & {
  tab?: 'metrics';
  /** The query: an expression, or words. */
  q?: string;
  bookmarked?: true;
  /** Without it archived runs are left out. */
  archived?: 'only' | 'all';
  /** Names of columns, the most important first; a minus before a name sorts downwards. */
  sort?: string[];
  /** Names of the columns that are shown, in their order; without it a first choice. */
  columns?: string[];
  /** Names of columns that stay in view. */
  pinned?: string[];
  /** Widths that somebody has drawn: "metrics.evaluate.r2_score:140", in pixels. */
  widths?: string[];
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

/** As much as the server takes. */
export const MAX_QUERY_CHARACTERS = 1_000;

/** More than anybody reads, and few enough that no address holds a page up. */
const MAX_COLUMNS = 2_000;

export function readExperimentsSearch(raw: RawSearch): ExperimentsSearch & OldSearch {
  return {
    tab: readWord(raw.tab, ['metrics'] as const),
    q: readText(raw.q)?.slice(0, MAX_QUERY_CHARACTERS),
    bookmarked: readFlag(raw.bookmarked),
    archived: readWord(raw.archived, ['only', 'all'] as const),
    sort: readSort(raw.sort),
    columns: readColumns(raw.columns),
    pinned: readColumns(raw.pinned),
    widths: readWidths(raw.widths),
    compare: readFlag(raw.compare),
    selected: readList(raw.selected),
    ...readCharts(raw),
    run_id: readList(raw.run_id),
    view: raw.run_id === undefined ? undefined : readWord(raw.view, VIEWS),
  };
}

/** Names of columns; what names none is left out. */
function readColumns(raw: unknown): string[] | undefined {
  const names = readList(raw)?.filter((name) => parseRunColumn(name) !== undefined);
  return names?.length ? names.slice(0, MAX_COLUMNS) : undefined;
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
