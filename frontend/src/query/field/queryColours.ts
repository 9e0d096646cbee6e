import { type Extension, RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin } from '@codemirror/view';
import { queryTokens } from './queryTokens.ts';

const MARKS = {
  string: Decoration.mark({ class: 'query-string' }),
  number: Decoration.mark({ class: 'query-number' }),
  keyword: Decoration.mark({ class: 'query-keyword' }),
  operator: Decoration.mark({ class: 'query-operator' }),
  name: Decoration.mark({ class: 'query-name' }),
};

/** Shows the parts of a query in colour. */
export const queryColours: Extension = ViewPlugin.define(
  (view) => {
    const plugin = {
      decorations: colour(view),
      update: (update: { docChanged: boolean; view: EditorView }) => {
        if (update.docChanged) plugin.decorations = colour(update.view);
      },
    };
    return plugin;
  },
  { decorations: (plugin) => plugin.decorations },
);

function colour(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, kind } of queryTokens(view.state.doc.toString())) builder.add(from, to, MARKS[kind]);
  return builder.finish();
}
