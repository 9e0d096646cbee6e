import { useMemo } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { MetricTableQuery } from './metricQueries.ts';
import { type MetricTable, toMetricTable } from './metricTable.ts';

export type MetricTableResult = {
  /** The last table that came; it stays while another one is fetched. */
  table: MetricTable | undefined;
  fetching: boolean;
  error: CombinedError | undefined;
  refetch: () => void;
};

/**
 * Fetches metrics over all runs as columns.
 *
 * @param variables which metrics; undefined members stand for all
 * @param pause fetches nothing yet
 */
export function useMetricTable(
  variables: { metrics?: string[]; dataset?: string },
  pause = false,
): MetricTableResult {
  const [{ data, fetching, error }, execute] = useQuery({ query: MetricTableQuery, variables, pause });
  const answer = data?.metricTable;
  const table = useMemo(() => answer && toMetricTable(answer), [answer]);
  return { table, fetching, error, refetch: () => execute({ requestPolicy: 'network-only' }) };
}
