import type { Brush, Brushes, RangeBrush } from './brushes.ts';
import type { BrushedKinds } from './brushQuery.ts';
import { isExpression, type Token, tokensOf, unquoted } from './queryTokens.ts';

/** A query, with what of it can be shown as brushes taken out. */
export type PartedQuery = {
  brushes: Brushes;
  /** The other conditions, all of which must hold. */
  rest: readonly string[];
};

/** Parts a query into what can be brushes of some columns and what cannot. Words are left whole. */
export function partQuery(query: string | undefined, kinds: BrushedKinds): PartedQuery {
  if (query === undefined) return { brushes: new Map(), rest: [] };
  if (!isExpression(query)) return { brushes: new Map(), rest: [query] };
  const brushes = new Map<string, Brush>();
  const rest: string[] = [];
  for (const tokens of conjuncts(tokensOf(query))) {
    const read = readCondition(tokens, kinds);
    const merged = read && mergeBrush(brushes.get(read.name), read.brush);
    if (read && merged) brushes.set(read.name, merged);
    else rest.push(textOf(query, tokens));
  }
  return { brushes, rest };
}

function textOf(query: string, tokens: readonly Token[]): string {
  const text = query.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
  return hasOr(tokens) ? `(${text})` : text;
}

function hasOr(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some(({ text, kind }) => {
    if (kind === 'sign' && '([{'.includes(text)) depth += 1;
    if (kind === 'sign' && ')]}'.includes(text)) depth -= 1;
    return depth === 0 && kind === 'name' && text === 'or';
  });
}

/** The conditions of which all must hold: parts between `and` outside of brackets. With an `or` there is one. */
function conjuncts(tokens: readonly Token[]): Token[][] {
  if (hasOr(tokens)) return [[...tokens]];
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1;
    if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1;
    if (depth === 0 && token.kind === 'name' && token.text === 'and') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

type Side = { field: string } | { value: number | string | boolean };

const MIRRORED: Record<string, string> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' };

function readCondition(
  tokens: readonly Token[],
  kinds: BrushedKinds,
): { name: string; brush: Brush } | undefined {
  const sides: Side[] = [];
  const signs: string[] = [];
  let i = 0;
  while (i < tokens.length) {
    const list = signs.at(-1) === 'in' ? readList(tokens, i) : undefined;
    if (list) {
      const [field] = sides;
      const done = list.next === tokens.length && signs.length === 1 && field && 'field' in field;
      return done ? labelsBrush(field.field, list.labels, kinds) : undefined;
    }
    const side = readSide(tokens, i);
    if (side === undefined) return undefined;
    sides.push(side.side);
    i = side.next;
    const sign = tokens[i]?.text;
    if (sign === undefined) break;
    if (!(sign in MIRRORED) && sign !== 'in') return undefined;
    signs.push(sign);
    i += 1;
  }
  return compared(sides, signs, kinds);
}

/** `field >= 1`, `1 <= field` or `1 <= field < 2`. */
function compared(
  sides: readonly Side[],
  signs: readonly string[],
  kinds: BrushedKinds,
): { name: string; brush: Brush } | undefined {
  const at = sides.findIndex((side) => 'field' in side);
  const field = sides[at];
  if (field === undefined || !('field' in field) || sides.length !== signs.length + 1) return undefined;
  const right = sides[at + 1];
  const left = sides[at - 1];
  const conditions = [
    ...(left ? [{ side: left, sign: MIRRORED[signs[at - 1] ?? ''] }] : []),
    ...(right ? [{ side: right, sign: signs[at] }] : []),
  ];
  if (conditions.length === 0 || conditions.length !== signs.length) return undefined;
  let brush: Brush | undefined;
  for (const { side, sign } of conditions) {
    if (!('value' in side)) return undefined;
    const one = brushOfCondition(field.field, sign ?? '', side.value, kinds);
    brush = one && (brush === undefined ? one : mergeBrush(brush, one));
    if (brush === undefined) return undefined;
  }
  return brush && { name: field.field, brush };
}

function brushOfCondition(
  name: string,
  sign: string,
  value: number | string | boolean,
  kinds: BrushedKinds,
): Brush | undefined {
  const kind = kinds.get(name);
  if (sign === '==' && kind === 'text' && typeof value === 'string')
    return { kind: 'labels', labels: [value] };
  if (sign === '==' && kind === 'boolean' && typeof value === 'boolean') {
    return { kind: 'labels', labels: [String(value)] };
  }
  const number =
    kind === 'time' ? dateOf(value) : kind === 'number' && typeof value === 'number' ? value : undefined;
  if (number === undefined) return undefined;
  const none = { kind: 'range', low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY } as const;
  switch (sign) {
    case '==':
      return kind === 'number' ? { kind: 'range', low: number, high: number } : undefined;
    case '>=':
      return { ...none, low: number };
    case '>':
      return { ...none, low: number, lowOpen: true };
    case '<=':
      return { ...none, high: number };
    case '<':
      return { ...none, high: number, highOpen: true };
    default:
      return undefined;
  }
}

/** A moment that is written out whole; days and words such as "yesterday" are the server's to understand. */
function dateOf(value: number | string | boolean): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(value))
    return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

function labelsBrush(
  name: string,
  labels: readonly (string | boolean)[],
  kinds: BrushedKinds,
): { name: string; brush: Brush } | undefined {
  const wanted = kinds.get(name) === 'boolean' ? 'boolean' : 'string';
  if (!['text', 'boolean'].includes(kinds.get(name) ?? '')) return undefined;
  if (labels.length === 0 || labels.some((label) => typeof label !== wanted)) return undefined;
  return { name, brush: { kind: 'labels', labels: labels.map(String) } };
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

/** A field or a value at a place, and where it ends. */
function readSide(tokens: readonly Token[], at: number): { side: Side; next: number } | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'text') return { side: { value: unquoted(token.text) }, next: at + 1 };
  if (token.kind === 'number') return { side: { value: numberOf(token.text) }, next: at + 1 };
  if (token.text === '-' && tokens[at + 1]?.kind === 'number') {
    return { side: { value: -numberOf(tokens[at + 1]?.text ?? '') }, next: at + 2 };
  }
  if (token.kind !== 'name') return undefined;
  if (token.text === 'True' || token.text === 'False') {
    return { side: { value: token.text === 'True' }, next: at + 1 };
  }
  const names = [token.text];
  let next = at + 1;
  while (tokens[next]?.text === '[' && tokens[next + 1]?.kind === 'text' && tokens[next + 2]?.text === ']') {
    names.push(unquoted(tokens[next + 1]?.text ?? ''));
    next += 3;
  }
  return { side: { field: names.join('.') }, next };
}

function readList(
  tokens: readonly Token[],
  at: number,
): { labels: (string | boolean)[]; next: number } | undefined {
  const closing = { '[': ']', '(': ')' }[tokens[at]?.text ?? ''];
  if (closing === undefined) return undefined;
  const labels: (string | boolean)[] = [];
  let next = at + 1;
  while (next < tokens.length && tokens[next]?.text !== closing) {
    const side = readSide(tokens, next);
    if (side === undefined || !('value' in side.side) || typeof side.side.value === 'number')
      return undefined;
    labels.push(side.side.value);
    next = tokens[side.next]?.text === ',' ? side.next + 1 : side.next;
  }
  return tokens[next]?.text === closing ? { labels, next: next + 1 } : undefined;
}

function numberOf(text: string): number {
  return Number(text.replaceAll('_', ''));
}
