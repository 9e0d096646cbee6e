import { type Condition, columnOfField, understood, type Value } from '../../query/index.ts';
import type { Brush, Brushes, RangeBrush } from './brushes.ts';
import { asCondition, type BrushedKinds } from './brushQuery.ts';

/** A query, with what of it can be shown as brushes taken out. */
export type PartedQuery = {
  brushes: Brushes;
  /** The other conditions, all of which must hold. */
  rest: readonly string[];
};

/** Parts a query into what can be brushes of some columns and what cannot. Words and mistakes are left whole. */
export function partQuery(query: string | undefined, kinds: BrushedKinds): PartedQuery {
  if (query === undefined) return { brushes: new Map(), rest: [] };
  const tree = understood(query);
  if (tree === undefined || tree.node === 'Words') return { brushes: new Map(), rest: [query] };
  const brushes = new Map<string, Brush>();
  const rest: string[] = [];
  for (const condition of conjunctsOf(tree)) {
    const text = query.slice(condition.start, condition.end);
    const read = brushOf(condition, text, kinds);
    const merged = read && mergeBrush(brushes.get(read.name), read.brush);
    if (read && merged) brushes.set(read.name, merged);
    else rest.push(asCondition(text));
  }
  return { brushes, rest };
}

/** The conditions of which all must hold, as far as each has a text of its own. A chain of comparisons has several. */
function conjunctsOf(condition: Condition): Condition[] {
  if (condition.node !== 'AllOf' || condition.parts.some(({ start, end }) => start === end))
    return [condition];
  return condition.parts.flatMap(conjunctsOf);
}

function brushOf(
  condition: Condition,
  text: string,
  kinds: BrushedKinds,
): { name: string; brush: Brush } | undefined {
  if (condition.node !== 'Compare' && condition.node !== 'OneOf') return undefined;
  const name = columnOfField(condition.field);
  const kind = kinds.get(name);
  const values = condition.node === 'OneOf' ? condition.values : [condition.value];
  if (kind === 'text' || kind === 'boolean') {
    const isSame = condition.node === 'OneOf' || condition.operator === '==';
    const labels = isSame ? labelsOf(values, kind) : undefined;
    return labels && { name, brush: { kind: 'labels', labels } };
  }
  const [value] = values;
  if (condition.node !== 'Compare' || typeof value !== 'number') return undefined;
  if (kind === 'number') return withName(name, rangeOf(condition.operator, value));
  // Moments are whole milliseconds. Days and words such as "yesterday" mean another time tomorrow.
  if (kind !== 'time' || !MOMENT.test(text)) return undefined;
  return withName(name, condition.operator === '<' ? rangeOf('<=', value - 1) : rangeOf('>=', value));
}

const MOMENT = /["']\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z["']/;

function withName(name: string, brush: Brush | undefined): { name: string; brush: Brush } | undefined {
  return brush && { name, brush };
}

function labelsOf(values: readonly Value[], kind: 'text' | 'boolean'): string[] | undefined {
  const wanted = kind === 'boolean' ? 'boolean' : 'string';
  return values.length > 0 && values.every((value) => typeof value === wanted)
    ? values.map(String)
    : undefined;
}

function rangeOf(operator: string, value: number): RangeBrush | undefined {
  const none = { kind: 'range', low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY } as const;
  switch (operator) {
    case '==':
      return { kind: 'range', low: value, high: value };
    case '>=':
      return { ...none, low: value };
    case '>':
      return { ...none, low: value, lowOpen: true };
    case '<=':
      return { ...none, high: value };
    case '<':
      return { ...none, high: value, highOpen: true };
  }
  return undefined;
}

/** What both brushes let through; undefined where that is no brush. */
function mergeBrush(a: Brush | undefined, b: Brush): Brush | undefined {
  if (a === undefined) return b;
  if (a.kind === 'labels' || b.kind === 'labels') return undefined;
  const low = pickEnd(a, b, 'low');
  const high = pickEnd(a, b, 'high');
  return {
    kind: 'range',
    low: low.low,
    high: high.high,
    ...(low.lowOpen && { lowOpen: true }),
    ...(high.highOpen && { highOpen: true }),
  };
}

function pickEnd(a: RangeBrush, b: RangeBrush, end: 'low' | 'high'): RangeBrush {
  if (a[end] === b[end]) return (end === 'low' ? b.lowOpen : b.highOpen) ? b : a;
  return (end === 'low' ? a.low > b.low : a.high < b.high) ? a : b;
}
