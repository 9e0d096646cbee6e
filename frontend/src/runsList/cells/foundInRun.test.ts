import { expect, it } from 'vitest';
import { hiddenMatches, wordsByField } from './foundInRun.ts';

const RUN = { gitSha: '7ec75f0aa11' };
const inTitle = { word: 'crew', field: 'title', text: 'Without crew' };
const inNotes = { word: 'crew', field: 'notes', text: '…the crew…' };
const inJson = { word: 'moon', field: 'json.a.columns.features', text: 'moon' };
const inSha = { word: '7EC', field: 'git.sha', text: '7ec75f0aa11' };
const shows =
  (...columns: string[]) =>
  (column: string) =>
    columns.includes(column);

it('tells the words to mark in each field', () => {
  const wordsIn = wordsByField([inTitle, inNotes, { ...inTitle, word: 'out' }]);
  expect(wordsIn('title')).toEqual(['crew', 'out']);
  expect(wordsIn('tags')).toEqual([]);
  expect(wordsByField(undefined)('title')).toEqual([]);
});

it('tells one place of each word that no column shows', () => {
  const labels = (columns: string[]) =>
    hiddenMatches(
      RUN,
      [inTitle, inNotes, inJson, { ...inJson, field: 'params.moon' }],
      shows(...columns),
    ).map(({ word, label }) => `${word} in ${label}`);
  expect(labels(['title'])).toEqual(['moon in …columns.features']);
  expect(labels(['author'])).toEqual(['crew in title', 'moon in …columns.features']);
  expect(labels(['notes', 'params.moon'])).toEqual([]);
});

it('takes the beginning of a commit for shown beside its branch', () => {
  expect(hiddenMatches(RUN, [inSha], shows('git.branch'))).toEqual([]);
  expect(hiddenMatches(RUN, [{ ...inSha, word: 'aa11' }], shows('git.branch'))).toHaveLength(1);
  expect(hiddenMatches(RUN, [inSha], shows('title'))).toHaveLength(1);
});
