import { HoveredStore } from '../charts/runs/hoveredStore.ts';

/** A place on the axis under the pointer, the chart that it was pointed at in, and the height there. */
export type HoveredPlace = { place: number; chart: string; height?: number | undefined };

/** Tells all charts which place is under the pointer. */
export class HoveredPlaceStore extends HoveredStore<HoveredPlace> {}

/** Tells all charts of which run a line is pointed at, be it in a chart or in the legend. */
export class HoveredLineStore extends HoveredStore<string> {}
