import { describe, expect, it } from 'vitest';
import type { ExperimentsSearch } from '../address/search.ts';
import { isSameState, readViewState, toJson, toViewState } from './viewState.ts';

const SEARCH: ExperimentsSearch = {
  saved: 'abc',
  q: 'metrics["a.r2"] > 0.8',
  sort: ['-metrics.a.r2', 'title'],
  columns: ['title', 'metrics.a.r2'],
  widths: ['title:300'],
  bookmarked: true,
  tab: 'metrics',
  chart: 'parallel',
  compare: true,
  selected: ['run'],
};

describe('a saved view', () => {
  it('keeps what is shown, but not which runs are chosen', () => {
    const kept = toJson(toViewState(SEARCH));
    expect(kept).toEqual({
      q: 'metrics["a.r2"] > 0.8',
      sort: ['-metrics.a.r2', 'title'],
      columns: ['title', 'metrics.a.r2'],
      widths: ['title:300'],
      bookmarked: true,
      tab: 'metrics',
      chart: 'parallel',
    });
    expect(isSameState(readViewState(kept), toViewState(SEARCH))).toBe(true);
  });

  it('is changed by another query, and not by a choice of runs', () => {
    const state = toViewState(SEARCH);
    expect(isSameState(state, toViewState({ ...SEARCH, selected: ['another'], compare: undefined }))).toBe(
      true,
    );
    expect(isSameState(state, toViewState({ ...SEARCH, q: 'other' }))).toBe(false);
    expect(isSameState(state, toViewState({ ...SEARCH, columns: ['metrics.a.r2', 'title'] }))).toBe(false);
    expect(isSameState({}, toViewState({ q: undefined, saved: 'abc' }))).toBe(true);
  });

  it.each([
    [null],
    ['text'],
    [[1, 2]],
    [7],
    [{ q: { deep: [] }, sort: 5, columns: [{}, 'nonsense'], tab: 'evil' }],
  ])('of a hostile store shows all runs: %j', (kept) => {
    expect(isSameState(readViewState(kept), {})).toBe(true);
  });

  it('does not send anybody to the addresses of old releases', () => {
    expect(readViewState({ run_id: ['A'], view: 'plots', selected: ['A'], saved: 'x', q: 'main' })).toEqual(
      readViewState({ q: 'main' }),
    );
  });
});
