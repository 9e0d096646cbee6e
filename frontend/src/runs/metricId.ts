/**
 * Ids of metrics: texts that stand for a dataset and a key. Most are the two joined by a dot; where several metrics of a
 * store share such a short id, each has a long one: `["q"]["x.y"]`. `tracking/metric_id.py` does the same; both are
 * tested with `metricIds.json`.
 */

const LONG = /^\["((?:\\.|[^"\\])*)"\]\["((?:\\.|[^"\\])*)"\]$/s;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t' };
const MEANINGS: Record<string, string> = { '\\n': '\n', '\\t': '\t' };

/** A metric's dataset and key. */
export type MetricName = { dataset: string; key: string };

/** Dataset and key of a long id; undefined for a short one. */
export function parseLongId(id: string): MetricName | undefined {
  const [, dataset, key] = LONG.exec(id) ?? [];
  return dataset === undefined || key === undefined
    ? undefined
    : { dataset: unquote(dataset), key: unquote(key) };
}

/** The id that only this metric can have. */
export function longId({ dataset, key }: MetricName): string {
  return `[${quote(dataset)}][${quote(key)}]`;
}

/** The name of a metric's column: `metrics.evaluate.r2_score` or `metrics["q"]["x.y"]`. */
export function metricColumn(id: string): string {
  return parseLongId(id) === undefined ? `metrics.${id}` : `metrics${id}`;
}

/** The id of the metric that a column shows; undefined for a column of something else. */
export function metricOfColumn(name: string): string | undefined {
  if (name.startsWith('metrics.') && name.length > 'metrics.'.length) return name.slice('metrics.'.length);
  const id = name.startsWith('metrics[') ? name.slice('metrics'.length) : '';
  return parseLongId(id) === undefined ? undefined : id;
}

/** Whether an id, of any time, may stand for a metric: several share a short one, perhaps. */
export function isMeant(id: string, metric: MetricName): boolean {
  return id === `${metric.dataset}.${metric.key}` || id === longId(metric);
}

/** A text in double quotes, as queries and long ids write it. */
function quote(text: string): string {
  return `"${text.replace(/[\\"\n\t]/g, (character) => ESCAPES[character] ?? character)}"`;
}

function unquote(text: string): string {
  return text.replace(/\\(.)/gs, (sequence, character: string) => MEANINGS[sequence] ?? character);
}
