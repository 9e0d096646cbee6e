import { useEffect, useRef } from 'react';
import { type KeyAction, KeyRegistry } from './keyRegistry.ts';

/** The keys of the page that is open. */
export const openKeys = new KeyRegistry();

/**
 * Gives keys a meaning for as long as the component is there, and names them in the list that "?" opens:
 *
 *     useKeys('Runs', [
 *       { keys: ['j', 'ArrowDown'], label: 'Next run', run: () => move(1) },
 *       { keys: ['Enter'], label: 'Open the run' },   // without `run`: told only, the row handles it itself
 *     ]);
 *
 * No key acts while somebody types, nor behind a dialog or menu; Enter and Space press the button that has the focus.
 * An element's own handler comes first: what it prevents the default of is not handled again.
 *
 * @param title the heading in the list of keys
 * @param actions may be made anew each time
 */
export function useKeys(title: string, actions: readonly KeyAction[]): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const told = actions
    .map(({ keys, label, run }) => [keys.join(' '), label, run !== undefined].join('\n'))
    .join('\n\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `told` stands for all of the actions but what they run
  useEffect(
    () =>
      openKeys.add({
        title,
        actions: latest.current.map((action, index) => ({
          ...action,
          run: action.run && ((event) => latest.current[index]?.run?.(event)),
        })),
      }),
    [title, told],
  );
}
