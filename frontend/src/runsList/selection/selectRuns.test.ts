import { expect, it } from 'vitest';
import { clipped, MOST_SELECTED, rangeOf, setRange, toggleRun } from './selectRuns.ts';

it('a run is put in and taken out', () => {
  expect(toggleRun([], 'b')).toEqual(['b']);
  expect(toggleRun(['a', 'b'], 'b')).toEqual(['a']);
});

it('a range is taken in once each, and let go, and runs out of sight stay', () => {
  expect(setRange(['z', 'b'], ['a', 'b', 'c'], true)).toEqual(['z', 'b', 'a', 'c']);
  expect(setRange(['z', 'a', 'b'], ['a', 'b'], false)).toEqual(['z']);
});

it('a range goes either way', () => {
  expect(rangeOf(3, 7)).toEqual({ offset: 3, first: 5 });
  expect(rangeOf(7, 3)).toEqual({ offset: 3, first: 5 });
});

it('no more are selected than can be compared', () => {
  const ids = Array.from({ length: MOST_SELECTED + 3 }, (_, index) => String(index));
  expect(clipped(ids).ids).toHaveLength(MOST_SELECTED);
  expect(clipped(ids).left).toBe(3);
});
