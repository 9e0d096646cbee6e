import { HoveredStore } from './hoveredStore.ts';

/** The run under the pointer: its row in the table, the metric it was pointed at in, and where the pointer is. */
export type HoveredRun = { row: number; metric: string; clientX: number; clientY: number };

/** Tells all charts which run is under the pointer. */
export class HoveredRunStore extends HoveredStore<HoveredRun> {}
