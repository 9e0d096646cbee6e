import { HoveredStore } from '../runs/hoveredStore.ts';
import type { Range } from '../scales/axes.ts';

/** Tells all charts of an axis which range is being dragged out in one of them. */
export class BandStore extends HoveredStore<{ range: Range; chart: string }> {}
