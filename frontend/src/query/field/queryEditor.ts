import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletionIndex,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, Prec, Transaction } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import type { FieldOptions } from './fieldOptions.ts';
import { queryColours } from './queryColours.ts';
import { completionSource } from './queryCompletion.ts';
import type { QueryProblem } from './queryHelp.ts';
import { problemMark, setProblem } from './queryProblemMark.ts';
import { queryTheme } from './queryTheme.ts';

/** What the text field had, so that nobody notices that the editor took its place. */
export type FieldState = { text: string; from: number; to: number; focused: boolean };

type QueryEditorOptions = FieldOptions & { parent: HTMLElement; start: FieldState };

export type QueryEditor = {
  /** Puts a text in place of all; undone like what is typed. */
  setText: (text: string) => void;
  setProblem: (problem: QueryProblem | undefined) => void;
  focus: () => void;
  blur: () => void;
  destroy: () => void;
};

/** The query field as an editor of one line, that grows where the line is long. */
export function createQueryEditor(options: QueryEditorOptions): QueryEditor {
  const { parent, start, onChange, onEnter, onEscape, onBlur } = options;
  // Its own setText is no typing.
  let silent = false;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: oneLine(start.text),
      selection: { anchor: start.from, head: start.to },
      extensions: [
        singleLine,
        EditorView.lineWrapping,
        history(),
        closeBrackets(),
        // As an element: of a text CodeMirror makes an attribute as well, which comboboxes must not have.
        placeholder(() => spanOf(options.placeholder)),
        queryTheme,
        queryColours,
        problemMark(options.describedBy),
        autocompletion({
          override: [completionSource(options.ask, options.recent)],
          // Plain words are a query, too: Enter searches for them, and takes a suggestion only if one was gone to.
          selectOnOpen: false,
          interactionDelay: 0,
          icons: false,
          optionClass: ({ type }) => `kind-${type ?? 'other'}`,
          activateOnCompletion: ({ type }) => type !== 'value' && type !== 'recent',
        }),
        Prec.highest(
          keymap.of([
            { key: 'Tab', run: acceptFirst },
            { key: 'ArrowDown', run: openWhereEmpty },
            {
              key: 'Enter',
              run: (editor) => {
                if (acceptCompletion(editor)) return true;
                closeCompletion(editor);
                onEnter();
                return true;
              },
            },
            {
              key: 'Escape',
              run: (editor) => {
                if (!closeCompletion(editor)) onEscape();
                return true;
              },
            },
          ]),
        ),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          role: 'combobox',
          'aria-haspopup': 'listbox',
          // It could be reached without, but not everything that checks pages knows.
          tabindex: '0',
          'aria-label': options.label,
          spellcheck: 'false',
          autocapitalize: 'off',
          autocorrect: 'off',
        }),
        EditorView.contentAttributes.of(({ state }) => ({
          'aria-expanded': String(completionStatus(state) === 'active'),
        })),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !silent) onChange(update.state.doc.toString());
          // While others are looked for, those of before count: they come and go with each key.
          const suggesting = completionStatus(update.state) !== null;
          if (suggesting !== (completionStatus(update.startState) !== null)) options.onSuggesting(suggesting);
        }),
        EditorView.domEventHandlers({ blur: onBlur }),
      ],
    }),
  });
  // CodeMirror says that there are more lines than one, which no combobox has, and never says it again.
  view.contentDOM.removeAttribute('aria-multiline');
  if (start.focused) view.focus();
  return {
    setText: (text) => {
      const line = oneLine(text);
      if (line === view.state.doc.toString()) return;
      silent = true;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: line },
        selection: { anchor: line.length },
      });
      silent = false;
    },
    setProblem: (problem) => view.dispatch({ effects: setProblem.of(problem) }),
    focus: () => view.focus(),
    blur: () => view.contentDOM.blur(),
    destroy: () => view.destroy(),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}

/** What is pasted may have several lines; a query has one. */
const singleLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const line = oneLine(transaction.newDoc.toString());
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: line },
    selection: { anchor: Math.min(transaction.newSelection.main.head, line.length) },
    annotations: Transaction.userEvent.of('input.paste'),
  };
});

function acceptFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== 'active') return false;
  if (selectedCompletionIndex(view.state) === null) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
}

function openWhereEmpty(view: EditorView): boolean {
  return view.state.doc.length === 0 && completionStatus(view.state) === null && startCompletion(view);
}

function spanOf(text: string): HTMLElement {
  const span = document.createElement('span');
  span.textContent = text;
  return span;
}
