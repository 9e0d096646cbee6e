import {
  type RawSearch,
  readFlag,
  readList,
  readNumber,
  readText,
  readWord,
} from '../formatting/searchParams.ts';
import { MAX_QUERY_CHARACTERS } from '../query/index.ts';
import { parseRunColumn } from '../runs/runColumns.ts';

const CHARTS = ['time', 'parallel', 'scatter', 'distribution', 'importance'] as const;

/** Kinds of charts over runs. */
export type ChartName = (typeof CHARTS)[number];

/** State of the charts over runs, in the address of every page that has them. Columns stand by their names. */
export type ChartsSearch = {
  chart?: ChartName;
  /** Ids of the metrics that are charted; without it the first few. */
  metrics?: string[];
  /** A column, or "order": one run after the other. */
  x?: string;
  y?: string;
  colour?: string;
  size?: string;
  /** The column that parts the runs into groups, or "none"; without it one that suits. */
  by?: string;
  log?: true;
  /** Whether the horizontal axis is logarithmic, where it has a scale of its own. */
  logx?: true;
  /** Whether a straight line through the points is drawn. */
  trend?: true;
  /** Whether the runs that no other run beats in both metrics are drawn. */
  pareto?: true;
  /** How many bins a histogram has; as many as suit the values if it is not given. */
  bins?: number;
  /** Whether the best value so far is drawn. */
  best?: true;
  /** Whether metrics stand in one chart: with their values, or each between its lowest and its highest. */
  together?: 'values' | 'ranges';
  /** Columns as axes, in their order; a minus before a name turns its axis over. */
  axes?: string[];
  /** The ranges that are brushed, as a query; "none" where a query's own are lifted. */
  brush?: string;
  /** What is zoomed into, along x: from and to. */
  zoom?: string[];
  /** The chart that has the whole window. */
  large?: string;
  /** Whether the values stand in a table. */
  table?: true;
};

/** More stand beside one another on no screen. */
export const MOST_AXES = 60;

/** Stands for runs one after the other, where a column would stand. */
export const BY_ORDER = 'order';

/** Stands for all runs together, where the column would stand that parts them into groups. */
export const NO_GROUPS = 'none';

export function readCharts(raw: RawSearch): ChartsSearch {
  return {
    chart: readWord(raw.chart, CHARTS),
    metrics: readList(raw.metrics),
    x: raw.x === BY_ORDER ? BY_ORDER : readColumn(raw.x),
    y: readColumn(raw.y),
    colour: readColumn(raw.colour),
    size: readColumn(raw.size),
    by: raw.by === NO_GROUPS ? NO_GROUPS : readColumn(raw.by),
    log: readFlag(raw.log),
    logx: readFlag(raw.logx),
    trend: readFlag(raw.trend),
    pareto: readFlag(raw.pareto),
    bins: readBins(raw.bins),
    best: readFlag(raw.best),
    together: readWord(raw.together, ['values', 'ranges'] as const),
    axes: readAxes(raw.axes),
    brush: readText(raw.brush)?.slice(0, MAX_QUERY_CHARACTERS),
    zoom: readZoom(raw.zoom),
    large: readText(raw.large),
    table: readFlag(raw.table),
  };
}

function readColumn(raw: unknown): string | undefined {
  const name = readText(raw);
  return name !== undefined && parseRunColumn(name) !== undefined ? name : undefined;
}

function readAxes(raw: unknown): string[] | undefined {
  const axes = readList(raw)?.filter((axis) => parseRunColumn(axis.replace(/^-/, '')) !== undefined);
  return axes?.length ? axes.slice(0, MOST_AXES) : undefined;
}

/** More bins than pixels show nothing. */
export const MOST_BINS = 200;

function readBins(raw: unknown): number | undefined {
  const bins = readNumber(raw, 1, MOST_BINS);
  return bins !== undefined && Number.isInteger(bins) ? bins : undefined;
}

function readZoom(raw: unknown): string[] | undefined {
  const ends = readList(raw);
  const [from, to] = (ends ?? []).map(Number);
  return ends?.length === 2 && Number(from) < Number(to) ? ends : undefined;
}
