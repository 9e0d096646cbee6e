import { quoted, understood, written } from '../../query/index.ts';
import { parseLongId } from '../../runs/metricId.ts';
import { parseRunColumn } from '../../runs/runColumns.ts';
import type { Brush, Brushes } from './brushes.ts';

/** What the values of a brushed column are, which decides how a query compares them. */
export type BrushedKind = 'number' | 'time' | 'text' | 'boolean';

/** The columns whose conditions can be brushes. */
export type BrushedKinds = ReadonlyMap<string, BrushedKind>;

/** Brushes as a query: conditions joined by `and`; empty without any. */
export function toQuery(brushes: Brushes, kinds: BrushedKinds): string {
  return [...brushes]
    .flatMap(([name, brush]) => conditionsOf(name, brush, kinds.get(name) ?? 'number'))
    .join(' and ');
}

/** All conditions as one query; undefined where there is none. */
export function joinQuery(rest: readonly string[], brushes: string): string | undefined {
  return [...rest, brushes].filter((condition) => condition !== '').join(' and ') || undefined;
}

/** A query as one condition among others: in brackets where it is joined by `or`. */
export function asCondition(query: string): string {
  return understood(query)?.node === 'AnyOf' ? `(${query})` : query;
}

function conditionsOf(name: string, brush: Brush, kind: BrushedKind): string[] {
  const field = fieldOf(name);
  if (brush.kind === 'labels') {
    const values = brush.labels.map((label) => (kind === 'boolean' ? truthOf(label) : quoted(label)));
    return [values.length === 1 ? `${field} == ${values[0]}` : `${field} in [${values.join(', ')}]`];
  }
  const { low, high, lowOpen, highOpen } = brush;
  const write = (value: number): string =>
    kind === 'time' ? quoted(new Date(value).toISOString()) : String(value);
  if (low === high && kind === 'number') return [`${field} == ${write(low)}`];
  return [
    ...(Number.isFinite(low) ? [`${field} ${lowOpen ? '>' : '>='} ${write(low)}`] : []),
    ...(Number.isFinite(high) ? [`${field} ${highOpen ? '<' : '<='} ${write(high)}`] : []),
  ];
}

function truthOf(label: string): string {
  return label.toLowerCase() === 'true' ? 'True' : 'False';
}

/** A column as a query names it: metrics in brackets, which take any name. */
function fieldOf(name: string): string {
  const column = parseRunColumn(name);
  if (column === undefined) return name;
  if (column.source === 'metrics' && parseLongId(column.name) === undefined)
    return `metrics[${quoted(column.name)}]`;
  return written({ ...column, part: '' });
}
