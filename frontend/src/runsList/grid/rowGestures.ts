import type { MouseEvent } from 'react';

/** Whether a click just misses the checkbox of a row: it is smaller than a finger. */
export function isBesideCheckbox({ target }: MouseEvent<HTMLElement>): boolean {
  return (
    target instanceof Element && !target.closest('input') && target.closest('[data-column="select"]') !== null
  );
}

/**
 * Whether a click means the row as a whole, and not something on it that has a meaning of its own, nor the end of
 * marking text. (Keyboards and screen readers use the link in the title.)
 */
export function isOnRowItself({ defaultPrevented, target }: MouseEvent<HTMLElement>): boolean {
  if (defaultPrevented || !(target instanceof Element)) return false;
  if (target.closest('a, button, input, label, [role="dialog"]') !== null) return false;
  return window.getSelection()?.isCollapsed !== false;
}
