import type { MouseEvent } from 'react';
import type { RunRow } from './runsQuery.ts';

/**
 * A click anywhere on a row opens its run, except on what has a meaning of its own, or while text is being marked.
 * (Keyboards and screen readers use the link in the title.)
 */
export function createRowGestures(onOpen: (run: RunRow) => void) {
  return (run: RunRow) => ({
    onClick: (event: MouseEvent<HTMLElement>) => {
      const target = event.target;
      if (event.defaultPrevented || !(target instanceof Element) || target.closest('a, button, input, label'))
        return;
      if (window.getSelection()?.isCollapsed === false) return;
      onOpen(run);
    },
  });
}
