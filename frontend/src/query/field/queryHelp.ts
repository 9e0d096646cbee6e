import type { QuerySuggestionKind } from '../../data/generated/graphql.ts';
import { QUERY_FIELDS } from '../index.ts';

/** What is wrong with a query, and with which part of it. */
export type QueryProblem = { message: string; from: number; to: number };

/** What can stand at a place: `text` in place of what is from `from` to `to`. */
export type QuerySuggestion = {
  text: string;
  label: string;
  kind: QuerySuggestionKind;
  detail: string | undefined;
  from: number;
  to: number;
};

/** What can be said of a query. Without `isExpression` it is words to search for. */
export type QueryHelp = {
  isExpression: boolean;
  problem: QueryProblem | undefined;
  suggestions: QuerySuggestion[];
};

/** Asks the server about a query. Undefined where it has not answered, or the answer is not wanted any more. */
export type AskQueryHelp = (
  text: string,
  position: number,
  signal: AbortSignal,
) => Promise<QueryHelp | undefined>;

/** What words may be if one goes on: nothing else; the beginning of a name that is suggested; all of a field's name. */
export type Becoming = 'words' | 'name' | 'field';

/**
 * What words may be meant to become.
 *
 * @param help what the server says of the place behind the text
 */
export function becomingOf(text: string, { isExpression, suggestions }: QueryHelp): Becoming {
  if (isExpression) return 'words';
  const end = text.trimEnd();
  const [, last] = LAST_NAME.exec(end) ?? [];
  if (last !== undefined && QUERY_FIELDS.has(last)) return 'field';
  const begun = suggestions.some(
    ({ text: name, from, to }) => from < to && to === end.length && beginsPart(name, text.slice(from, to)),
  );
  return begun ? 'name' : 'words';
}

/** A name at the beginning of a condition. */
const LAST_NAME = /(?:^|\(|\b(?:and|or|not)\s+)([\p{L}_.]+)$/u;

/** Whether a name, or what stands behind a dot or quote in it, begins with a text. */
function beginsPart(name: string, text: string): boolean {
  const [whole, part] = [name.toLowerCase(), text.toLowerCase()];
  return whole.startsWith(part) || whole.includes(`.${part}`) || whole.includes(`"${part}`);
}
