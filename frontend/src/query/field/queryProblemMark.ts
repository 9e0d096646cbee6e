import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { QueryProblem } from './queryHelp.ts';

/** Marks what is wrong; undefined takes the mark away. */
export const setProblem = StateEffect.define<QueryProblem | undefined>();

const WRONG = Decoration.mark({ class: 'query-wrong' });

/** Stands where something is missing. */
class MissingMark extends WidgetType {
  toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'query-wrong';
    mark.textContent = '\u2007';
    mark.ariaHidden = 'true';
    return mark;
  }
  override eq(): boolean {
    return true;
  }
}

const MISSING = Decoration.widget({ widget: new MissingMark(), side: 1 });

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    for (const effect of transaction.effects) {
      if (effect.is(setProblem)) return mark(effect.value, transaction.newDoc.length);
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(
      field,
      (marks): Record<string, string> => (marks.size === 0 ? {} : { 'aria-invalid': 'true' }),
    ),
  ],
});

function mark(problem: QueryProblem | undefined, length: number): DecorationSet {
  if (problem === undefined) return Decoration.none;
  const from = Math.min(problem.from, length);
  const to = Math.min(problem.to, length);
  return Decoration.set(to > from ? WRONG.range(from, to) : MISSING.range(from));
}

/** Underlines the wrong part, and tells so. @param describedBy the id of the element that says what is wrong */
export function problemMark(describedBy: string): Extension {
  return [marked, EditorView.contentAttributes.of({ 'aria-describedby': describedBy })];
}
