import { isMeant } from '../../runs/metricId.ts';
/** A metric as the list of metrics names it. */
export type MetricName = { id: string; dataset: string; key: string };

/** The metrics of one dataset. */
export type MetricGroup<Metric extends MetricName = MetricName> = { dataset: string; metrics: Metric[] };

/** So many metrics are shown when nobody has chosen: enough for nearly every project, and never a page that stalls. */
export const SHOWN_AT_FIRST = 40;

/** Stands in the URL for "every metric", which could be thousands of names. */
export const ALL_METRICS = '*';

/** Stands in the URL for "no metric", which would read like "nobody has chosen". No metric's id is without a dot. */
export const NO_METRICS = 'none';

/** Metrics by dataset, in the order they come. */
export function groupByDataset<Metric extends MetricName>(metrics: readonly Metric[]): MetricGroup<Metric>[] {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const group = groups.get(metric.dataset);
    if (group) group.push(metric);
    else groups.set(metric.dataset, [metric]);
  }
  return [...groups].map(([dataset, members]) => ({ dataset, metrics: members }));
}

/** Metrics that match every word of a search, whatever the case. */
export function searchMetrics<Metric extends MetricName>(
  metrics: readonly Metric[],
  search: string,
): Metric[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return metrics.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
}

/**
 * Ids of the metrics to draw, in the order of `metrics`.
 *
 * @param chosen ids from the URL; undefined where nobody has chosen. Ids that no longer exist are left out.
 */
export function shownMetrics(
  metrics: readonly MetricName[],
  chosen: readonly string[] | undefined,
): string[] {
  const ids = metrics.map(({ id }) => id);
  if (chosen === undefined) return ids.slice(0, SHOWN_AT_FIRST);
  if (chosen.includes(ALL_METRICS)) return ids;
  const wanted = new Set(chosen);
  const found = ids.filter((id) => wanted.has(id));
  // An address may be of a time when a metric had another id.
  const lost = chosen.filter((id) => id !== NO_METRICS && !found.includes(id));
  if (lost.length === 0) return found;
  return metrics
    .filter((metric) => wanted.has(metric.id) || lost.some((id) => isMeant(id, metric)))
    .map(({ id }) => id);
}

/** What stands in the URL for a set of shown metrics: as little as tells it. */
export function toChosen(metrics: readonly MetricName[], shown: ReadonlySet<string>): string[] | undefined {
  const ids = metrics.map(({ id }) => id).filter((id) => shown.has(id));
  if (ids.length === metrics.length) return metrics.length <= SHOWN_AT_FIRST ? undefined : [ALL_METRICS];
  return ids.length === 0 ? [NO_METRICS] : ids;
}
