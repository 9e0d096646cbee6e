import { useState, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { RunPages, type RunPagesSnapshot } from './RunPages.ts';
import type { RunFilter } from './runsQuery.ts';

/** The runs that match `filter`; those of the filter before stay until its first page is here. */
export function useRunPages(filter: RunFilter | undefined): { pages: RunPages; snapshot: RunPagesSnapshot } {
  const client = useClient();
  const key = JSON.stringify(filter);
  const [current, setCurrent] = useState(() => ({ key, pages: new RunPages(client, filter) }));
  let pages = current.pages;
  if (current.key !== key) {
    pages = new RunPages(client, filter, current.pages.getSnapshot());
    setCurrent({ key, pages });
  }
  const snapshot = useSyncExternalStore(pages.subscribe, pages.getSnapshot);
  return { pages, snapshot };
}
