import { metricOfColumn, parseLongId } from '../../experiments/metricId.ts';
import type { Brush, Brushes } from './brushes.ts';
import { quoted } from './queryTokens.ts';

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

/** A column as a query names it: metrics and parameters in brackets, which take any name. */
function fieldOf(name: string): string {
  const metric = metricOfColumn(name);
  if (metric !== undefined && parseLongId(metric) !== undefined) return name;
  const [source = '', ...rest] = name.split('.');
  if (source === 'metrics') return `metrics[${quoted(rest.join('.'))}]`;
  if (source !== 'params') return name;
  return rest.every((part) => /^[A-Za-z_]\w*$/.test(part) && !KEYWORDS.has(part))
    ? name
    : `params[${quoted(rest.join('.'))}]`;
}

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);
