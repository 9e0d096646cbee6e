import type { Range } from '../scales/axes.ts';
import type { BandStore } from '../surface/bandStore.ts';
import type { Heights } from './metricLine.ts';
import type { RunAxis } from './runAxis.ts';

/** What all charts of a page of time series share. */
export type SharedAxis = {
  axis: RunAxis;
  heights: Heights;
  range: Range;
  full: Range;
  band: BandStore;
  onZoom: (range: Range | undefined) => void;
};
