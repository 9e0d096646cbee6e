import { useEffect, useRef, useState } from 'react';
import { useLatest } from '../../components/useLatest.ts';
import type { Range } from '../scales/axes.ts';
import type { RunAxis } from './runAxis.ts';

/** A gesture changes the range many times a second; the address keeps where it ended. */
const SETTLE_MS = 250;

/**
 * What is zoomed into along an axis, kept in the address.
 *
 * @param zoom as the address has it
 */
export function useZoom(
  zoom: readonly string[] | undefined,
  axis: RunAxis,
  onChange: (zoom: string[] | undefined) => void,
): [Range | undefined, (range: Range | undefined) => void] {
  const [live, setLive] = useState<{ range: Range | undefined }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useLatest(onChange);
  const key = zoom?.join() ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the address says now counts
  useEffect(() => setLive(undefined), [key, axis.kind, axis.title]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (range: Range | undefined): void => {
    setLive({ range });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(range && writeZoom(range, axis)), SETTLE_MS);
  };
  return [live ? live.range : readZoom(zoom, axis), change];
}

/** A range as it stands in the address: as exact as it can be seen. */
export function writeZoom(range: Range, { kind, full }: RunAxis): string[] {
  if (kind === 'time') return range.map((place) => String(Math.round(place)));
  const length = full ? full[1] - full[0] : 1;
  const decimals = Math.min(20, Math.max(0, 5 - Math.floor(Math.log10(length || 1))));
  return range.map((place) => String(Number(place.toFixed(decimals))));
}

/** The range that the address names, as far as the axis has it. */
export function readZoom(zoom: readonly string[] | undefined, { full }: RunAxis): Range | undefined {
  if (zoom === undefined || full === undefined) return undefined;
  const from = Math.max(full[0], Number(zoom[0]));
  const to = Math.min(full[1], Number(zoom[1]));
  return to > from && (from > full[0] || to < full[1]) ? [from, to] : undefined;
}
