import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RunTableRequest } from './fetchRunTable.ts';
import type { RunTable } from './runTable.ts';
import { TableRefresh } from './tableRefresh.ts';

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
 * Fetches columns of all runs that match, oldest run first, and again whenever `refetch` says that they may have changed.
 *
 * @param request which columns of which runs; equal requests are the same
 * @param pause fetches nothing yet
 */
export function useRunTable(request: RunTableRequest, pause = false): RunTableResult {
  const key = JSON.stringify(request);
  const [answer, setAnswer] = useState<Answer>();
  /** The request whose last answer is fresh. */
  const [settled, setSettled] = useState<string>();
  const stable = useMemo(() => JSON.parse(key) as RunTableRequest, [key]);
  const refresh = useRef<TableRefresh>(undefined);
  const isSettled = useRef(false);
  useEffect(() => {
    isSettled.current = settled === key;
  });
  useEffect(() => {
    if (pause) return;
    const started = new TableRefresh(stable, (outcome, fresh) => {
      if ('table' in outcome) setAnswer({ key, table: outcome.table, error: undefined });
      else setAnswer((last) => ({ key, table: last?.table, error: asError(outcome.error) }));
      if (fresh) setSettled(key);
    });
    refresh.current = started;
    if (!isSettled.current) started.ask();
    return () => {
      refresh.current = undefined;
      started.stop();
    };
  }, [stable, key, pause]);
  const refetch = useCallback(() => {
    setSettled(undefined);
    refresh.current?.ask();
  }, []);
  return {
    table: answer?.table,
    fetching: !pause && settled !== key,
    error: answer?.key === key ? answer.error : undefined,
    refetch,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
