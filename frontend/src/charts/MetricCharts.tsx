export type MetricChartsSearch = { metrics?: string[]; chart?: 'time' | 'parallel' };

export type MetricChartsProps = {
  selectedRunIds: string[];
  onSelectRun: (id: string) => void;
  search: MetricChartsSearch;
  onSearchChange: (search: MetricChartsSearch) => void;
};

export default function MetricCharts({ selectedRunIds }: MetricChartsProps) {
  return <section aria-label="Metrics">{selectedRunIds.length}</section>;
}
