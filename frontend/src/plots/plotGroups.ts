import type { Artifact } from '../data/artifact.ts';
import type { NamedRun } from '../runs/runNames.ts';

/** A run with its plots. */
export type PlotRun = NamedRun & { plots: Artifact[] };

/** The plot of one run in a group; `plot` is undefined where the run has none. */
export type RunPlot = { run: PlotRun; plot: Artifact | undefined };

/** One plot over all runs: a file of a dataset. Most datasets hold one file, some several. */
export type PlotGroup = { key: string; dataset: string; name: string; plots: RunPlot[] };

/** Plots by dataset, and within it by file, in the order in which they first occur. */
export function groupPlots(runs: readonly PlotRun[]): { dataset: string; groups: PlotGroup[] }[] {
  const datasets = new Map<string, Map<string, PlotGroup>>();
  for (const { plots } of runs) {
    for (const { dataset, name } of plots) {
      const groups = datasets.get(dataset) ?? new Map<string, PlotGroup>();
      datasets.set(dataset, groups);
      if (groups.has(name)) continue;
      groups.set(name, {
        key: `${dataset}/${name}`,
        dataset,
        name,
        plots: runs.map((run) => ({
          run,
          plot: run.plots.find((plot) => plot.dataset === dataset && plot.name === name),
        })),
      });
    }
  }
  return [...datasets].map(([dataset, groups]) => ({ dataset, groups: [...groups.values()] }));
}

/** Names an expanded plot in the URL. */
export function expandedKey(group: PlotGroup, runId: string): string {
  return `${group.key}@${runId}`;
}

/**
 * Finds the expanded plot again. A name without a run, or with one that is not shown, means the first run that has the
 * plot; a dataset's name instead of a file's its first file.
 */
export function findExpanded(
  groups: readonly PlotGroup[],
  expanded: string | undefined,
): { group: PlotGroup; runId: string } | undefined {
  if (expanded === undefined) return undefined;
  for (const group of groups) {
    for (const { run, plot } of group.plots) {
      if (plot && expanded === expandedKey(group, run.id)) return { group, runId: run.id };
    }
  }
  // Dataset names may hold an @ themselves; a run's id does not.
  const cut = expanded.lastIndexOf('@');
  const names = cut === -1 ? [expanded] : [expanded, expanded.slice(0, cut)];
  const group = groups.find(({ key, dataset }) => names.includes(key) || names.includes(dataset));
  const runId = expanded.slice(cut + 1);
  const plots = group?.plots.filter(({ plot }) => plot !== undefined) ?? [];
  const first = plots.find(({ run }) => run.id === runId) ?? plots[0];
  return group && first && { group, runId: first.run.id };
}

/**
 * The plot that an arrow key leads to: the same plot of the next run, or with one run only, its next plot.
 *
 * @param step 1 forwards, -1 backwards; at the end it starts again
 */
export function nextExpanded(
  groups: readonly PlotGroup[],
  current: { group: PlotGroup; runId: string },
  step: 1 | -1,
): { group: PlotGroup; runId: string } {
  const runs = current.group.plots.filter(({ plot }) => plot !== undefined);
  if (current.group.plots.length > 1) {
    const place = runs.findIndex(({ run }) => run.id === current.runId);
    const next = runs[(place + step + runs.length) % runs.length];
    return next ? { group: current.group, runId: next.run.id } : current;
  }
  const place = groups.indexOf(current.group);
  const group = groups[(place + step + groups.length) % groups.length];
  return group ? { group, runId: current.runId } : current;
}

/**
 * The plot that an arrow key up or down leads to: that of the same run in another dataset, or of another run if this one
 * has none there.
 *
 * @param step 1 downwards, -1 upwards; at the end it starts again
 */
export function nextGroup(
  groups: readonly PlotGroup[],
  current: { group: PlotGroup; runId: string },
  step: 1 | -1,
): { group: PlotGroup; runId: string } {
  const place = groups.findIndex(({ key }) => key === current.group.key);
  const group = groups[(place + step + groups.length) % groups.length];
  const plots = group?.plots.filter(({ plot }) => plot !== undefined) ?? [];
  const found = plots.find(({ run }) => run.id === current.runId) ?? plots[0];
  return group && found ? { group, runId: found.run.id } : current;
}
