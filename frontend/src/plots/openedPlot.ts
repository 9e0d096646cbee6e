import type { PlotGroup } from './plotGroups.ts';
import { plotKind } from './plotKinds.ts';
import type { PlotMode } from './plotSettings.ts';

export type Opened = { group: PlotGroup; runId: string };

/** How plots of a group can be shown; images can be laid over each other, which figures cannot. */
export function modesOf(group: PlotGroup): PlotMode[] {
  const kinds = new Set(group.plots.flatMap(({ plot }) => (plot ? [plotKind(plot)] : [])));
  if (kinds.size === 1 && kinds.has('image')) return ['beside', 'one', 'swipe', 'difference'];
  return kinds.has('figure') ? ['beside', 'one', 'swipe'] : ['beside', 'one'];
}
