import { type KeyboardEvent, useState } from 'react';
import { isPressed, type KeyAction } from '../../components/keys/keyRegistry.ts';
import { useKeys } from '../../components/keys/useKeys.ts';
import type { RunRow } from '../runsQuery.ts';
import type { Selection } from '../selection/useSelection.ts';

type GridKeysInput = {
  rows: readonly (RunRow | undefined)[];
  selection: Selection;
  onOpen: (run: RunRow) => void;
  onEditTitle: (runId: string) => void;
  onBookmark: (run: RunRow, bookmark: boolean) => void;
};

/** As many rows as Page up and Page down pass. */
const PAGE = 15;

/** Moves through the rows of the grid and acts on them by keys. */
export function useGridKeys({ rows, selection, onOpen, onEditTitle, onBookmark }: GridKeysInput): {
  focus: number | undefined;
  setFocus: (index: number | undefined) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
} {
  const [wanted, setFocus] = useState<number>();
  const focus = wanted === undefined || rows.length === 0 ? undefined : Math.min(wanted, rows.length - 1);
  const run = focus === undefined ? undefined : rows[focus];

  const moveTo = (index: number, extend: boolean) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    if (extend) {
      // The run where the range begins belongs to it.
      if (run && focus !== undefined && !selection.ids.has(run.id)) selection.toggle(focus, run.id);
      void selection.extend(next);
    }
    setFocus(next);
  };
  const at = focus ?? -1;
  const moves: [key: string, to: number][] = [
    ['ArrowDown', at + 1],
    ['ArrowUp', at - 1],
    ['PageDown', at + PAGE],
    ['PageUp', at - PAGE],
    ['Home', 0],
    ['End', rows.length - 1],
  ];
  const actions: KeyAction[] = [
    { keys: ['ArrowDown', 'ArrowUp'], label: 'Next or previous run' },
    { keys: ['PageDown', 'PageUp'], label: 'A page down or up' },
    { keys: ['Home', 'End'], label: 'First or last run' },
    { keys: ['Enter'], label: 'Open the run', run: () => run && onOpen(run) },
    {
      keys: ['Space'],
      label: 'Select the run',
      run: () => run && focus !== undefined && selection.toggle(focus, run.id),
    },
    { keys: ['Shift+ArrowDown', 'Shift+ArrowUp'], label: 'Select a range' },
    { keys: ['Mod+a'], label: 'Select all that match', run: () => void selection.selectAll() },
    { keys: ['Escape'], label: 'Select nothing', run: () => selection.clear() },
    { keys: ['F2'], label: 'Edit the title', run: () => run && onEditTitle(run.id) },
    { keys: ['b'], label: 'Bookmark the run', run: () => run && onBookmark(run, !run.bookmark) },
  ];
  useKeys(
    'In the list',
    actions.map(({ keys, label }) => ({ keys, label })),
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented || !isForGrid(event)) return;
    const { nativeEvent } = event;
    for (const [key, to] of moves) {
      const extend = isPressed(`Shift+${key}`, nativeEvent);
      if (!extend && !isPressed(key, nativeEvent)) continue;
      event.preventDefault();
      moveTo(to, extend);
      return;
    }
    const action = actions.find(
      (each) => each.run !== undefined && each.keys.some((key) => isPressed(key, nativeEvent)),
    );
    if (action?.run === undefined) return;
    event.preventDefault();
    action.run(nativeEvent);
  };
  return { focus, setFocus, onKeyDown };
}

/** Whether a key is meant for the rows, and not for a field, a button or a menu in them. */
function isForGrid({ target, key, currentTarget }: KeyboardEvent<HTMLElement>): boolean {
  if (target === currentTarget) return true;
  if (!(target instanceof Element) || !currentTarget.contains(target)) return false;
  if (target.closest('[role="menu"], [role="dialog"], input:not([type="checkbox"]), textarea') !== null)
    return false;
  return !((key === 'Enter' || key === ' ') && target.closest('a, button, input') !== null);
}
