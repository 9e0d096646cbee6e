import { useCallback, useEffect, useMemo, useState } from 'react';
import { fetchRunTable, type RunTableRequest } from './fetchRunTable.ts';
import type { RunTable } from './runTable.ts';

export type RunTableResult = {
  /** The last table that came; it stays while another one is fetched. */
  table: RunTable | undefined;
  fetching: boolean;
  /** Why the last request failed. A `RunTableError` may say where the query is wrong. */
  error: Error | undefined;
  /** Asks again, for what has changed since. */
  refetch: () => void;
};

type Answer = { key: string; table: RunTable | undefined; error: Error | undefined };

/**
 * Fetches columns of all runs that match, oldest run first.
 *
 * @param request which columns of which runs; equal requests are the same
 * @param pause fetches nothing yet
 */
export function useRunTable(request: RunTableRequest, pause = false): RunTableResult {
  const key = JSON.stringify(request);
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<string>();
  const wanted = `${attempt} ${key}`;
  const stable = useMemo(() => JSON.parse(key) as RunTableRequest, [key]);
  useEffect(() => {
    if (pause || settled === wanted) return;
    const stop = new AbortController();
    fetchRunTable(stable, stop.signal).then(
      (table) => {
        setAnswer({ key, table, error: undefined });
        setSettled(wanted);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setAnswer((last) => ({ key, table: last?.table, error: asError(error) }));
        setSettled(wanted);
      },
    );
    return () => stop.abort();
  }, [stable, key, wanted, settled, pause]);
  const refetch = useCallback(() => setAttempt((last) => last + 1), []);
  return {
    table: answer?.table,
    fetching: !pause && settled !== wanted,
    error: answer?.key === key ? answer.error : undefined,
    refetch,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
