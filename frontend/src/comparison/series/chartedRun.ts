import type { NamedRun } from '../../runs/runNames.ts';

/** What the charts of series need of a run. */
export type ChartedRun = NamedRun & { status: string; startedAt: string | null };
