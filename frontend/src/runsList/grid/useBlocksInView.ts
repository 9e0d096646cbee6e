import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { type Block, blocksInView, type Layout } from './layout.ts';

/** The blocks of columns that are in view; the same array for as long as they stay the same. */
export function useBlocksInView(scroller: RefObject<HTMLElement | null>, layout: Layout): readonly Block[] {
  const [view, setView] = useState({ left: 0, width: 1440 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setView({ left: element.scrollLeft, width: element.clientWidth });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const range = blocksInView(layout, view.left, view.width);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => {
      const now = blocksInView(layout, element.scrollLeft, element.clientWidth);
      // Most of scrolling stays within the same blocks.
      if (now.from !== range.from || now.to !== range.to) {
        setView({ left: element.scrollLeft, width: element.clientWidth });
      }
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller, layout, range.from, range.to]);
  return useMemo(() => layout.blocks.slice(range.from, range.to + 1), [layout, range.from, range.to]);
}
