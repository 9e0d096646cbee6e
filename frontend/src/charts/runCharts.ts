import type { ComponentType, LazyExoticComponent } from 'react';
import type { RunTable } from '../data/runTable/runTable.ts';
import type { NumberValue } from '../formatting/scalars.ts';
import type { ChartName, ChartsSearch } from './chartsSearch.ts';
import type { ColumnChoice } from './columns/columnChoices.ts';
import type { MetricName } from './metrics/metricSelection.ts';
import type { ChartColours } from './runs/chartColours.ts';
import type { HoveredRunStore } from './runs/hoveredRun.ts';

/** A metric that can be charted. */
export type ChartedMetric = MetricName & {
  runs: number;
  /** Which way is better; null where that is not known. */
  direction: 'HIGHER' | 'LOWER' | null;
  /** Least and greatest finite value; null where there is none. */
  min: NumberValue | null;
  max: NumberValue | null;
};

/** A parameter that can be charted. */
export type ChartedParameter = {
  name: string;
  runs: number;
  kind: 'NUMBER' | 'TEXT' | 'BOOLEAN' | 'OTHER';
  /** How many different values there are. */
  distinct: number;
  /** Least and greatest number; null where there is none. */
  min: number | null;
  max: number | null;
};

/** What there is to chart. */
export type ChartColumns = {
  metrics: readonly ChartedMetric[];
  parameters: readonly ChartedParameter[];
  /** Fields, metrics and parameters by the names of their columns, to choose from. */
  choices: readonly ColumnChoice[];
};

/** Which runs are charted. */
export type RunsScope = {
  /** The query of the page; undefined where there is none. */
  search?: string | undefined;
  bookmarked?: boolean | undefined;
  /** undefined: none that is archived; true: only these; null: all. */
  archived?: boolean | null | undefined;
};

/** What every chart over runs is given. */
export type RunChartProps = {
  /** The runs of the scope, with the columns that the chart asked for. */
  table: RunTable;
  columns: ChartColumns;
  /** Ids of the metrics that are charted, as the list has them. */
  shown: readonly string[];
  /** Rows of the selected runs, in the order of the selection; undefined for one that the table lacks. */
  marked: readonly (number | undefined)[];
  /** The row of the run that all others are compared with. */
  pinned: number | undefined;
  hovered: HoveredRunStore;
  colours: ChartColours;
  scope: RunsScope;
  search: ChartsSearch;
  onSearchChange: (change: Partial<ChartsSearch>) => void;
  /** Selects a run, or takes it out of the selection. */
  onSelectRun: (id: string) => void;
  /** Takes a query to the table of runs; undefined where there is none beside the charts. */
  onFilter: ((query: string | undefined) => void) | undefined;
};

/** What decides which columns a chart needs. */
export type ChartNeeds = { search: ChartsSearch; columns: ChartColumns; shown: readonly string[] };

/** A kind of chart over runs. */
export type ChartKind = {
  value: ChartName;
  label: string;
  component: ComponentType<RunChartProps> | LazyExoticComponent<ComponentType<RunChartProps>>;
  /** Names of the columns that are to be in its table. */
  needs: (needs: ChartNeeds) => string[];
  /** Whether it draws the metrics that are chosen in the list. */
  listed?: boolean;
  /** The query whose runs it draws, where that is not the page's own. */
  query?: (query: string | undefined, needs: ChartNeeds) => string | undefined;
};
