import { useEffect, useRef } from 'react';
import { useChanges } from './changes.ts';
import type { ChangeTopic } from './generated/graphql.ts';

/**
 * Calls `onChange` as `useChanges` does, but at most every `interval` milliseconds, and not while nobody sees the page:
 * for what costs more to ask for than a page should each second. The last change is never left out, only told later.
 */
export function useChangesAtMost(
  interval: number,
  topics: readonly ChangeTopic[],
  onChange: () => void,
): void {
  const state = useRef({ lastAt: Number.NEGATIVE_INFINITY, waiting: false });
  const latest = useRef({ onChange, interval });
  useEffect(() => {
    latest.current = { onChange, interval };
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useRef(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (document.hidden) return;
    state.current = { lastAt: performance.now(), waiting: false };
    latest.current.onChange();
  });
  useEffect(() => {
    const onVisible = () => {
      if (state.current.waiting && timer.current === undefined) tell.current();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
  useChanges(topics, () => {
    state.current.waiting = true;
    if (timer.current !== undefined) return;
    const due = state.current.lastAt + latest.current.interval - performance.now();
    if (due <= 0) tell.current();
    else timer.current = setTimeout(tell.current, due);
  });
}
