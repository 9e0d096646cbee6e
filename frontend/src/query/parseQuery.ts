import { CONSTANTS, isSource, QUERY_FIELDS, WORDS } from './fields.ts';
import { parseExpression } from './parser.ts';
import { QueryError } from './queryError.ts';
import { printable, type Token, tokensOf } from './tokens.ts';
import type { Tree } from './tree.ts';

/** As much as the server takes. */
export const MAX_QUERY_CHARACTERS = 4_000;

const MAX_WORDS = 20;

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', '<>']);

/** A word, or several in quotes that must stand beside each other. */
const WORD = /"([^"]+)"(?=\s|$)|(\S+)/g;

/**
 * What a query asks.
 *
 * @throws QueryError if it is an expression that cannot be understood, or too long
 */
export function parseQuery(text: string, now = new Date()): Tree {
  const characters = [...text].length;
  if (characters > MAX_QUERY_CHARACTERS) {
    const [count, most] = [characters, MAX_QUERY_CHARACTERS].map((each) => each.toLocaleString('en-GB'));
    const message = `The query has ${count} characters; up to ${most} can be asked.`;
    throw new QueryError(message, MAX_QUERY_CHARACTERS, text.length);
  }
  const query = printable(text);
  const tokens = tokensOf(query);
  if (!isExpressionOf(tokens)) return { node: 'Words', words: wordsOf(query), start: 0, end: query.length };
  return parseExpression(tokens, now);
}

/** The tree of a query; undefined where it has a mistake. */
export function understood(text: string): Tree | undefined {
  try {
    return parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}

/** The words of a search, each once: a word that is there twice asks nothing more. */
export function wordsOf(search: string): string[] {
  const words = [...search.matchAll(WORD)].map(([, several, one]) => several ?? one ?? '');
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** Whether a text is an expression, and not words to search for; see `docs/query.md`. */
export function isExpression(text: string): boolean {
  return isExpressionOf(tokensOf(text));
}

function isExpressionOf(tokens: readonly Token[]): boolean {
  return (
    tokens.some(({ kind, text }) => kind === 'sign' && COMPARISONS.has(text)) ||
    tokens.some((token, place) => asks(token, tokens[place + 1], tokens[place + 2])) ||
    isFlags(tokens)
  );
}

function asks(first: Token, second: Token | undefined, third: Token | undefined): boolean {
  const isField = first.kind === 'name' && (QUERY_FIELDS.has(first.text) || hasSource(first.text));
  switch (second?.text) {
    case '(':
      return first.text.endsWith('.startswith') || first.text.endsWith('.endswith');
    case '[':
      return isSource(first.text) && second.start === first.end;
    case '=':
      return isField && second.start > first.end;
  }
  if (first.kind === 'number' || CONSTANTS.has(first.text))
    return second?.text === 'in' && hasSource(third?.text ?? '');
  if (!isField && first.kind !== 'text' && first.text !== ']') return false;
  return second?.text === 'in' || second?.text === 'is' || (second?.text === 'not' && third?.text === 'in');
}

function hasSource(text: string): boolean {
  const dot = text.indexOf('.');
  return dot > 0 && isSource(text.slice(0, dot));
}

function isFlags(tokens: readonly Token[]): boolean {
  const names = tokens
    .map(({ text }) => text)
    .filter((text) => !WORDS.has(text) && !CONSTANTS.has(text) && text !== '(' && text !== ')');
  return (
    names.length > 0 && names.every((name) => hasSource(name) || QUERY_FIELDS.get(name)?.kind === 'boolean')
  );
}
