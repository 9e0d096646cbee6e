import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useProject } from '../../data/project.tsx';
import { askServer } from './askQueryHelp.ts';
import { QueryDraft, type QueryDraftSnapshot } from './queryDraft.ts';
import { RecentQueries } from './recentQueries.ts';

/** The query that is being edited. A page has one, whichever of its tabs shows the field. */
export type QueryEditing = {
  draft: QueryDraft;
  snapshot: QueryDraftSnapshot;
  /** Whether what is shown was found by what stands in the field. */
  isApplied: boolean;
  /** Queries of before. */
  recent: () => string[];
};

/**
 * Edits the query of the address.
 *
 * @param applied the query that the address has
 * @param onChange told of a query that can be answered, once somebody has stopped typing it; `push` if it deserves an
 *   entry of its own in the browser's history: what is typed in one go is one
 */
export function useQueryEditing(
  applied: string | undefined,
  onChange: (query: string | undefined, push: boolean) => void,
): QueryEditing {
  const { project } = useProject();
  const name = project?.name;
  const latest = useRef({ onChange, name });
  useLayoutEffect(() => {
    latest.current = { onChange, name };
  });
  /** Used before it is known of which project. */
  const early = useRef<string[]>([]);
  useEffect(() => {
    if (name === undefined) return;
    for (const query of early.current.splice(0)) new RecentQueries(name).add(query);
  }, [name]);
  const recent = useCallback(() => {
    const known = latest.current.name;
    return known === undefined ? early.current.toReversed() : new RecentQueries(known).read();
  }, []);
  const [draft] = useState(
    () =>
      new QueryDraft(applied, {
        ask: askServer,
        apply: (query, push) => latest.current.onChange(query, push),
        remember: (query) => {
          const known = latest.current.name;
          if (known === undefined) early.current.push(query);
          else new RecentQueries(known).add(query);
        },
      }),
  );
  useEffect(() => {
    draft.start();
    return () => draft.stop();
  }, [draft]);
  useEffect(() => draft.follow(applied), [draft, applied]);
  const snapshot = useSyncExternalStore(draft.subscribe, () => draft.snapshot);
  return { draft, snapshot, isApplied: snapshot.text.trim() === (applied ?? ''), recent };
}
