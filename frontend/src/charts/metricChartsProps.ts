import type { ChartsSearch } from './chartsSearch.ts';
import type { RunsScope } from './runCharts.ts';

export type MetricChartsProps = {
  /** The selected or compared runs, in their order. */
  selectedRunIds: readonly string[];
  /** The run that all others are compared with. */
  pinnedRunId?: string | undefined;
  /** Which runs are charted; without it all that are not archived. */
  scope?: RunsScope;
  onSelectRun: (id: string) => void;
  search: ChartsSearch;
  onSearchChange: (change: Partial<ChartsSearch>) => void;
  /** Takes a query to the table of runs. */
  onFilter?: (query: string | undefined) => void;
  /** Takes away what keeps runs out of the charts; undefined where nothing does. */
  onShowAll?: (() => void) | undefined;
};
