import { ask } from '../../data/ask.ts';
import type { QueryHelpQuery as QueryHelpQueryData } from '../../data/generated/graphql.ts';
import { toCharacters, toUnits } from './characterOffsets.ts';
import type { AskQueryHelp, QueryHelp } from './queryHelp.ts';
import { QueryHelpQuery } from './queryHelpQuery.ts';

/** Asks the server what is wrong with a query, and what can stand at a place of it. */
export const askServer: AskQueryHelp = async (text, position, signal) => {
  try {
    const answer = await ask(QueryHelpQuery, { text, position: toCharacters(text, position) }, signal);
    return toHelp(text, answer.queryHelp);
  } catch {
    // Nobody waits any more, or the server is away, which the page says by itself.
    return undefined;
  }
};

function toHelp(
  text: string,
  { isExpression, problem, suggestions }: QueryHelpQueryData['queryHelp'],
): QueryHelp {
  const place = ({ start, end }: { start: number; end: number }) => ({
    from: toUnits(text, start),
    to: toUnits(text, end),
  });
  return {
    isExpression,
    problem: problem ? { message: problem.message, ...place(problem) } : undefined,
    suggestions: suggestions.map((suggestion) => ({
      text: suggestion.text,
      label: suggestion.label,
      kind: suggestion.kind,
      detail: suggestion.detail ?? undefined,
      ...place(suggestion),
    })),
  };
}
