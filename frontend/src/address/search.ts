import { type ChartsSearch, readCharts } from '../charts/chartsSearch.ts';
import { type RawSearch, readFlag, readList, readText, readWord } from '../formatting/searchParams.ts';
import { PLOT_MODES, type PlotSettings } from '../plots/plotSettings.ts';
import { MAX_QUERY_CHARACTERS } from '../query/index.ts';
import { readWidths } from '../runs/columnWidths.ts';
import { parseRunColumn } from '../runs/runColumns.ts';
import { readSort } from '../runs/runSort.ts';
import { readSeries, type SeriesSearch } from '../series/seriesSearch.ts';

const VIEWS = ['overview', 'metrics', 'plots'] as const;

const RUN_VIEWS = [...VIEWS, 'nodes', 'data', 'code', 'environment'] as const;

const COMPARE_VIEWS = [...VIEWS, 'series', 'json', 'data', 'code', 'environment', 'configuration'] as const;

/** Parts of the comparison. */
export type CompareView = (typeof COMPARE_VIEWS)[number];

/** Parts of the run page. */
export type RunView = (typeof RUN_VIEWS)[number];

/** State of `/experiment-tracking`. What a saved view keeps of it: views/viewState.ts. */
export type ExperimentsSearch = ChartsSearch & {
  /** The saved view that one has opened, and may have changed since. */
  saved?: string;
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
export type RunSearch = ChartsSearch &
  SeriesSearch & {
    view?: RunView;
    plot?: string;
    /** Whether the metrics are those within the run, or those of all runs. */
    scope?: 'run' | 'runs';
    /** The source file that is shown. */
    file?: string;
    /** How the uncommitted changes are shown: side by side, or else unified. */
    diff?: 'split';
  };

/** State of the comparison. */
export type CompareSearch = ChartsSearch &
  SeriesSearch &
  PlotSettings & {
    runs?: string[];
    baseline?: string;
    view?: CompareView;
    /** Whether what is the same in all runs is hidden. */
    changes?: true;
    /** Whether runs are columns or rows; without it, that depends on how many there are. */
    layout?: 'columns' | 'rows';
    /** How values are told beside the baseline's: by their difference, or by that in percent. */
    show?: 'delta' | 'percent';
    /** Runs whose lines are hidden in charts of series. */
    hide?: string[];
    /** The only ones whose lines are shown. */
    only?: string[];
    /** Those whose lines stand out. */
    front?: string[];
    /** The run whose code is compared with the baseline's. */
    against?: string;
    /** Files whose differences are open. */
    files?: string[];
    /** How differences of files are shown: side by side, or else unified. */
    diff?: 'split';
  };

/** An address of Kedro-Viz 10: `?run_id=A,B&view=Plots`. */
export type OldSearch = { run_id?: string[]; view?: (typeof VIEWS)[number] };

const MAX_ID_CHARACTERS = 100;

/** More than anybody reads, and few enough that no address holds a page up. */
const MAX_COLUMNS = 2_000;

export function readExperimentsSearch(raw: RawSearch): ExperimentsSearch & OldSearch {
  return {
    saved: readText(raw.saved)?.slice(0, MAX_ID_CHARACTERS),
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
    find: readText(raw.find),
    file: readText(raw.file),
    diff: readWord(raw.diff, ['split'] as const),
    ...readCharts(raw),
    ...readSeries(raw),
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
    layout: readWord(raw.layout, ['columns', 'rows'] as const),
    show: readWord(raw.show, ['delta', 'percent'] as const),
    plot: readText(raw.plot),
    plotMode: readWord(raw.plotMode, PLOT_MODES),
    beside: readText(raw.beside),
    apart: readFlag(raw.apart),
    find: readText(raw.find),
    hide: readList(raw.hide),
    only: readList(raw.only),
    front: readList(raw.front),
    against: readText(raw.against),
    files: readList(raw.files),
    diff: readWord(raw.diff, ['split'] as const),
    ...readCharts(raw),
    ...readSeries(raw),
  };
}
