import { useEffect, useRef } from 'react';
import type { ChangeTopic } from './generated/graphql.ts';
import { graphql } from './generated/index.ts';

/** Pushed by the server whenever runs, the flowchart or the indexing state changed. */
export const ChangesSubscription = graphql(`
  subscription Changes {
    changes
  }
`);

type Listener = { topics: readonly ChangeTopic[]; onChange: () => void };

const listeners = new Set<Listener>();
const pending = new Set<ChangeTopic>();
let timer: ReturnType<typeof setTimeout> | undefined;

// Several changes in a row, such as the datasets that a run saves, cost one refetch.
const SETTLE_MS = 150;

/** Tells all who listen to `topics` that these changed; changes in quick succession are told once. */
export function announceChanges(topics: readonly ChangeTopic[]): void {
  for (const topic of topics) pending.add(topic);
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    const changed = new Set(pending);
    pending.clear();
    for (const listener of [...listeners]) {
      if (listener.topics.some((topic) => changed.has(topic))) listener.onChange();
    }
  }, SETTLE_MS);
}

/**
 * Calls `onChange` when the server says that one of `topics` changed, and after a lost connection, when something
 * may have been missed. Refetch with the request policy `network-only` there.
 */
export function useChanges(topics: readonly ChangeTopic[], onChange: () => void): void {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const key = topics.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the content of `topics`
  useEffect(() => {
    const listener: Listener = { topics, onChange: () => latest.current() };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [key]);
}
