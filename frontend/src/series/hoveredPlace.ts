import { HoveredStore } from '../charts/runs/hoveredStore.ts';

/** A place on the axis under the pointer, and the chart that it was pointed at in. */
export type HoveredPlace = { place: number; chart: string };

/** Tells all charts which place is under the pointer. */
export class HoveredPlaceStore extends HoveredStore<HoveredPlace> {}
