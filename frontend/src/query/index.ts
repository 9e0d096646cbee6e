/**
 * The query language of runs: from text to tree and back, what can come next, and which runs a query finds. Other
 * folders import the language from here, and the field that it is typed into from `field/`. `docs/query.md` describes the
 * language; `tests/query_corpus` holds it together with the server's.
 */

export { type Known, type Suggestion, type SuggestionKind, suggestionsAt } from './completion.ts';
export type { EvaluatedColumn, EvaluatedRuns, ValueColumn } from './evaluation/columns.ts';
export { evaluate } from './evaluation/evaluate.ts';
export { columnOfField, QUERY_FIELDS, written } from './fields.ts';
export { isExpression, MAX_QUERY_CHARACTERS, parseQuery, understood } from './parseQuery.ts';
export { QueryError } from './queryError.ts';
export { quoted, type Token, tokensOf } from './tokens.ts';
export type { Condition, Field, Operator, Placed, Tree, Value } from './tree.ts';
