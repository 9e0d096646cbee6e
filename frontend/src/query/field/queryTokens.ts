import { tokensOf } from '../index.ts';

/** A piece of a query; without a kind it is plain. */
export type QueryToken = {
  from: number;
  to: number;
  kind: 'string' | 'number' | 'keyword' | 'operator' | 'name';
};

const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'is', 'True', 'False', 'None']);

/**
 * The pieces of a query that are shown in colour. Plain words have none, whatever they are: only what compares or
 * quotes something reads like an expression.
 */
export function queryTokens(text: string): QueryToken[] {
  if (!/[<>=!"'()[\]]/.test(text)) return [];
  return tokensOf(text).flatMap(({ kind, text: piece, start, end }) => {
    const place = { from: start, to: end };
    if (kind === 'text' || kind === 'unclosed') return { ...place, kind: 'string' };
    if (kind === 'number') return { ...place, kind };
    if (kind === 'name') return { ...place, kind: KEYWORDS.has(piece) ? 'keyword' : 'name' };
    return kind === 'sign' && /^[<>=!]/.test(piece) ? { ...place, kind: 'operator' } : [];
  });
}
