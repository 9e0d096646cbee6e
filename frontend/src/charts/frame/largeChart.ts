import type { ChartsSearch } from '../chartsSearch.ts';
import type { ChartFrameProps } from './ChartFrame.tsx';

/** What the address keeps of charts. */
export type ChartsAddress = { search: ChartsSearch; onSearchChange: (change: Partial<ChartsSearch>) => void };

/** Has the address keep whether a chart has the whole window; there it goes by `name`. */
export function largeChart(
  name: string,
  { search, onSearchChange }: ChartsAddress,
): Pick<ChartFrameProps, 'full' | 'onFullChange'> {
  return {
    full: search.large === name,
    onFullChange: (full) => onSearchChange({ large: full ? name : undefined }),
  };
}
