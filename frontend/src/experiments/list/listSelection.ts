import type { MetricColumn } from './columns.tsx';

/** Metrics that are shown before anybody has chosen. */
const DEFAULT_COLUMNS = 12;

/** In the address: no metric is shown. */
export const NO_METRICS = 'none';

/** The metrics to show as columns: those chosen, as far as they exist, in the order of all. */
export function chooseColumns(all: MetricColumn[], chosen: string[] | undefined): MetricColumn[] {
  if (chosen === undefined) return all.slice(0, DEFAULT_COLUMNS);
  const ids = new Set(chosen);
  return all.filter((column) => ids.has(column.id));
}

/**
 * The selection after a click on `id`: it is toggled; with `anchor`, all runs from there to here get what the click
 * says. Runs out of sight stay as they are.
 */
export function toggleRange(
  selected: string[],
  order: string[],
  id: string,
  anchor: string | undefined,
): string[] {
  const adding = !selected.includes(id);
  const from = anchor === undefined ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  const range = from < 0 || to < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
  if (!adding) return selected.filter((other) => !range.includes(other));
  return [...selected, ...range.filter((other) => !selected.includes(other))];
}
