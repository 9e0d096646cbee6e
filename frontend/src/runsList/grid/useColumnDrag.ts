import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react';
import type { LaidColumn, Layout } from './layout.ts';

/** A pointer that moves less means a click. */
const THRESHOLD = 6;

type Drop = { mark: number; before: string | undefined };

/**
 * Moves columns by dragging their headers.
 *
 * @returns the column that is dragged, where the mark of its new place stands, and what begins a drag
 */
export function useColumnDrag(
  layout: Layout,
  onMove: (column: string, before: string | undefined) => void,
): {
  dragged: string | undefined;
  mark: number | undefined;
  begin: (event: ReactPointerEvent<HTMLElement>, column: string) => void;
} {
  const [state, setState] = useState<{ column: string; drop: Drop }>();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  const begin = (event: ReactPointerEvent<HTMLElement>, column: string) => {
    const head = event.currentTarget.closest('[role="rowgroup"]');
    const scroller = event.currentTarget.closest('[role="grid"]');
    if (event.button !== 0 || !head || !scroller) return;
    const from = event.clientX;
    let drop: Drop | undefined;
    const move = (moved: PointerEvent) => {
      if (drop === undefined && Math.abs(moved.clientX - from) < THRESHOLD) return;
      const { left } = scroller.getBoundingClientRect();
      drop = dropAt(layout, moved.clientX - left, scroller.scrollLeft);
      setState({ column, drop });
    };
    const end = (ended: PointerEvent) => {
      stop.current?.();
      if (drop === undefined) return;
      if (ended.type === 'pointerup') onMove(column, drop.before);
      // The click that follows would sort by the column.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
    };
    const cancel = (pressed: KeyboardEvent) => {
      if (pressed.key === 'Escape') stop.current?.();
    };
    stop.current = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', cancel);
      stop.current = undefined;
      setState(undefined);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', cancel);
  };
  return { dragged: state?.column, mark: state?.drop.mark, begin };
}

function swallow(event: MouseEvent): void {
  event.stopPropagation();
  event.preventDefault();
}

/** The gap between columns that is the nearest to a place in the window of the table. */
function dropAt({ pinned, pinnedWidth, blocks, width }: Layout, x: number, scrolled: number): Drop {
  const inPinned = x < pinnedWidth;
  const columns: readonly LaidColumn[] = inPinned ? pinned : blocks.flatMap((block) => block.columns);
  const at = inPinned ? x : x + scrolled;
  const next = columns.find(({ left, width: wide }) => at < left + wide / 2);
  if (next) return { mark: inPinned ? next.left + scrolled : next.left, before: next.column.name };
  const first = blocks[0]?.columns[0];
  // Behind the last pinned column is in front of the first that scrolls.
  return inPinned
    ? { mark: pinnedWidth + scrolled, before: first?.column.name }
    : { mark: width, before: undefined };
}
