import { HoveredStore } from './hoveredStore.ts';

/** The run under the pointer: its row in the table, the columns that are told of it, and where the pointer is. */
export type HoveredRun = { row: number; columns: readonly string[]; clientX: number; clientY: number };

/** Tells all charts which run is under the pointer. */
export class HoveredRunStore extends HoveredStore<HoveredRun> {}
