import type { QuerySuggestionKind } from '../../graphql/generated/graphql.ts';

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

export type QueryHelp = { problem: QueryProblem | undefined; suggestions: QuerySuggestion[] };

/** Asks the server about a query. Undefined where it has not answered, or the answer is not wanted any more. */
export type AskQueryHelp = (
  text: string,
  position: number,
  signal: AbortSignal,
) => Promise<QueryHelp | undefined>;
