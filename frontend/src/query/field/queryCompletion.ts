import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  pickedCompletion,
} from '@codemirror/autocomplete';
import type { AskQueryHelp, QuerySuggestion } from './queryHelp.ts';

/** What the server suggests at a place of the query; in an empty field, what was searched for before. */
export function completionSource(ask: AskQueryHelp, recent: () => string[]): CompletionSource {
  return async (context): Promise<CompletionResult | null> => {
    const text = context.state.doc.toString();
    if (text === '' && !context.explicit) return null;
    const help = await ask(text, context.pos, abortedWith(context));
    const suggestions = (help?.suggestions ?? []).map(toCompletion);
    const options = text === '' ? [...recent().map(toRecent), ...suggestions] : suggestions;
    if (options.length === 0) return null;
    const from = Math.min(context.pos, ...(help?.suggestions ?? []).map((suggestion) => suggestion.from));
    // The server has chosen and ordered them.
    return { from, options, filter: false };
  };
}

/** A signal for when an answer is not wanted any more: somebody went on typing, or closed the list. */
function abortedWith(context: CompletionContext): AbortSignal {
  const controller = new AbortController();
  context.addEventListener('abort', () => controller.abort(), { onDocChange: true });
  return controller.signal;
}

function toCompletion({ text, label, kind, detail, from, to }: QuerySuggestion): Completion {
  return {
    label,
    detail,
    type: kind.toLowerCase(),
    apply: (view, completion) =>
      view.dispatch({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        annotations: pickedCompletion.of(completion),
        userEvent: 'input.complete',
        scrollIntoView: true,
      }),
  };
}

function toRecent(query: string): Completion {
  return { label: query, detail: 'searched before', type: 'recent', apply: query };
}
