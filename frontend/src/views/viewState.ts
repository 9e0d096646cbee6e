import { type ExperimentsSearch, readExperimentsSearch } from '../address/search.ts';
import type { JsonValue } from '../formatting/scalars.ts';
import { stringifySearch } from '../formatting/searchParams.ts';

/** What a view keeps: the page's state but for which runs are chosen, and which view it came from. */
export type ViewState = Omit<ExperimentsSearch, 'selected' | 'compare' | 'saved'>;

/** The part of the page's state that a view keeps. */
export function toViewState(search: ExperimentsSearch): ViewState {
  const { selected: _selected, compare: _compare, saved: _saved, ...state } = search;
  return state;
}

/** The state as the server keeps it: without what is not set. */
export function toJson(state: ViewState): { [key: string]: JsonValue } {
  return JSON.parse(JSON.stringify(state));
}

/** A kept state. It may come from a colleague's store, or from another release: what is not understood is left out. */
export function readViewState(kept: JsonValue): ViewState {
  const raw = typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? kept : {};
  const { run_id: _oldRuns, view: _oldView, ...search } = readExperimentsSearch(raw);
  return toViewState(search);
}

/** Whether two states show the same. */
export function isSameState(one: ViewState, other: ViewState): boolean {
  return canonical(one) === canonical(other);
}

function canonical(state: ViewState): string {
  return stringifySearch(Object.fromEntries(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1))));
}
