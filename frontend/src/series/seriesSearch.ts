import type { Range } from '../charts/scales/axes.ts';
import { type RawSearch, readNumber, readText, readWord } from '../formatting/searchParams.ts';
import { MOST_SMOOTHING } from './smoothing.ts';

/** How curves inside runs are drawn, in the address of every page that has them. */
export type SeriesSearch = {
  /** Along what; by step if it is not given. */
  axis?: 'time' | 'clock';
  log?: true;
  /** The weight of the moving average; without it curves are drawn as they are. */
  smooth?: number;
  /** What all of them are zoomed into: from and to. */
  zoom?: string[];
  /** Whether their values stand in a table. */
  table?: true;
  /** Which of their values; the last ones if it is not given. */
  stat?: 'best' | 'lowest' | 'highest';
  find?: string;
  /** The curve that is shown large. */
  curve?: string;
};

/** What of it no other part of a page has. */
export function readSeries(raw: RawSearch): Pick<SeriesSearch, 'axis' | 'smooth' | 'stat' | 'curve'> {
  return {
    axis: readWord(raw.axis, ['time', 'clock'] as const),
    smooth: readNumber(raw.smooth, 0, MOST_SMOOTHING) || undefined,
    stat: readWord(raw.stat, ['best', 'lowest', 'highest'] as const),
    curve: readText(raw.curve),
  };
}

/** The range that curves are zoomed into. */
export function zoomOf({ zoom }: Pick<SeriesSearch, 'zoom'>): Range | undefined {
  const [from, to] = (zoom ?? []).map(Number);
  return from !== undefined && to !== undefined && from < to ? [from, to] : undefined;
}

/** The range as it stands in the address: no more digits than can be seen. */
export function toZoom(range: Range | undefined): string[] | undefined {
  if (range === undefined) return undefined;
  const [from, to] = range;
  const decimals = Math.min(12, Math.max(0, 4 - Math.floor(Math.log10(to - from))));
  return [from, to].map((end) => String(Number(end.toFixed(decimals))));
}
