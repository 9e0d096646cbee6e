import { expect, test } from 'vitest';
import { tableOf } from '../testing/generatedTable.ts';
import { areaQuery } from './areaQuery.ts';

const NONE = { metrics: [], parameters: [], choices: [] };
const TABLE = tableOf({ duration: [1, 2, 3], 'git.branch': ['main', 'dev', 'main'] });
const AREA = 'duration >= 1 and duration <= 3';

const query = (before: string | undefined, axes = ['duration'], rows = [0, 2]) =>
  areaQuery(axes, rows, TABLE, NONE, before);

test.each([
  ['nothing', undefined, AREA],
  ['an expression', 'bookmarked', `bookmarked and ${AREA}`],
  ['several labels of a field', 'git.branch in ["main", "dev"]', `git.branch in ["main", "dev"] and ${AREA}`],
  ['an alternative', 'bookmarked or archived', `(bookmarked or archived) and ${AREA}`],
  ['words, which give way', 'shuttle flies', AREA],
])('an area is joined with %s', (_, before, whole) => {
  expect(query(before)).toBe(whole);
});

test('an area of labels has those of its runs', () => {
  expect(query(undefined, ['git.branch'], [0, 1])).toBe('git.branch in ["main", "dev"]');
});
