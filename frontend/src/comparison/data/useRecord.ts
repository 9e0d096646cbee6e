import { useMemo } from 'react';
import { type TypedDocumentNode, useQuery } from 'urql';
import { REFRESH_MS } from '../../data/refreshInterval.ts';
import { useChangesAtMost } from '../../data/useChangesAtMost.ts';
import type { ComparedRun } from '../comparisonQueries.ts';

/** Asks for a part of the record of some runs. */
export type RecordQuery<Run> = TypedDocumentNode<{ runMetadata: Run[] }, { runIds: string[] }>;

/**
 * Asks for a part of the record of all compared runs, at once.
 *
 * @returns the record of each run in the order of `runs`, undefined for a run of which none has come
 */
export function useRecord<Run extends { id: string }>(query: RecordQuery<Run>, runs: ComparedRun[]) {
  // Another order of the columns is no other question.
  const runIds = useMemo(() => runs.map(({ id }) => id).sort(), [runs]);
  const [{ data, error }, refetch] = useQuery({ query, variables: { runIds } });
  const reload = () => refetch({ requestPolicy: 'network-only' });
  const running = runs.some(({ status }) => status === 'RUNNING');
  useChangesAtMost(REFRESH_MS, ['RUNS'], () => {
    if (running) reload();
  });
  const records = useMemo(() => {
    const found = new Map(data?.runMetadata.map((record) => [record.id, record]));
    return data && runs.map(({ id }) => found.get(id));
  }, [data, runs]);
  return { records, error, reload };
}
