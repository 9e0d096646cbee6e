import { expect, test } from 'vitest';
import { saidWay, writeImportance } from './judgedParameter.ts';
import { scopeQuery } from './needs.ts';

test.each([
  [0.81, 'rises with it (+0.81)'],
  [-0.4, 'falls with it (−0.40)'],
  [0.01, 'goes neither way (+0.01)'],
  [null, 'by its values'],
])('a correlation of %s in words', (correlation, words) => {
  expect(saidWay({ name: 'p', importance: 1, correlation })).toBe(words);
});

test('what is a little important is not written as nothing', () => {
  expect([0, 0.001, 0.5].map(writeImportance)).toEqual(['0.00', '<0.01', '0.50']);
});

test('the query of the page is joined with bookmarks where that is possible', () => {
  expect(scopeQuery({ search: 'duration > 1 or archived', bookmarked: true })).toBe(
    '(duration > 1 or archived) and bookmarked == True',
  );
  expect(scopeQuery({ bookmarked: true })).toBe('bookmarked == True');
  expect(scopeQuery({ search: 'duration > 1' })).toBe('duration > 1');
  expect(scopeQuery({ search: 'some words', bookmarked: true })).toBe('some words');
});
