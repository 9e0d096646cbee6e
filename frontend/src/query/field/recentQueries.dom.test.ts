import { beforeEach, expect, it } from 'vitest';
import { MAX_RECENT, RecentQueries } from './recentQueries.ts';

beforeEach(() => window.localStorage.clear());

it('keeps the last queries of a project, each once', () => {
  const recent = new RecentQueries('Shuttles');
  for (const query of ['a', 'b', 'a']) recent.add(query);
  expect(new RecentQueries('Shuttles').read()).toEqual(['a', 'b']);
  expect(new RecentQueries('Others').read()).toEqual([]);
});

it('never grows beyond its bounds', () => {
  const recent = new RecentQueries('Shuttles');
  for (let index = 0; index < 100; index += 1) recent.add(`query ${index}`);
  recent.add('x'.repeat(10_000));
  expect(recent.read()).toHaveLength(MAX_RECENT);
  expect(recent.read()[0]).toBe('query 99');
});

it('has nothing where the storage holds something else, or is closed', () => {
  window.localStorage.setItem('kedro-viz.queries.Shuttles', '{"not":"a list"}');
  expect(new RecentQueries('Shuttles').read()).toEqual([]);
  window.localStorage.setItem('kedro-viz.queries.Shuttles', '[1, "a", null');
  expect(new RecentQueries('Shuttles').read()).toEqual([]);
  const closed = {
    getItem: () => {
      throw new DOMException('denied');
    },
    setItem: () => {
      throw new DOMException('full');
    },
  };
  const recent = new RecentQueries('Shuttles', closed);
  recent.add('a');
  expect(recent.read()).toEqual([]);
});
