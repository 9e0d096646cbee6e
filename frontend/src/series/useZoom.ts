import { useEffect, useMemo, useRef, useState } from 'react';
import type { Range } from '../charts/scales/axes.ts';
import { type SeriesSearch, toZoom, zoomOf } from './seriesSearch.ts';

/** So long after the last change the address takes it: a pinch changes it with every frame. */
const SETTLED_AFTER = 200;

export type Zoom = {
  /** What all charts are zoomed into; undefined for all of it. */
  range: Range | undefined;
  /** The same once it has come to rest, which is when finer points are worth asking for. */
  settled: Range | undefined;
  onZoom: (range: Range | undefined) => void;
};

/** What the curves of a page are zoomed into, all of them at once; the address keeps it. */
export function useZoom(
  search: Pick<SeriesSearch, 'zoom'>,
  onSearchChange: (change: Pick<SeriesSearch, 'zoom'>) => void,
): Zoom {
  const text = search.zoom?.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the list
  const settled = useMemo(() => zoomOf(search), [text]);
  const [range, setRange] = useState(settled);
  useEffect(() => setRange(settled), [settled]);
  const write = useRef(onSearchChange);
  useEffect(() => {
    write.current = onSearchChange;
  });
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const onZoom = (next: Range | undefined): void => {
    setRange(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => write.current({ zoom: toZoom(next) }), SETTLED_AFTER);
  };
  return { range, settled, onZoom };
}
