import { expect, test } from 'vitest';
import { hiddenRuns, toShownLines } from './shownLines.ts';

const RUNS = ['a', 'b', 'c', 'd', 'e'];

test.each([
  ['none', [], undefined, undefined],
  ['a few', ['b'], ['b'], undefined],
  ['most', ['a', 'b', 'c', 'e'], undefined, ['d']],
  ['all', RUNS, undefined, ['none']],
])('%s hidden: as little as tells it, and back', (_, hidden, hide, only) => {
  const written = toShownLines(RUNS, new Set(hidden));
  expect(written).toEqual({ hide, only });
  expect([...hiddenRuns(RUNS, { ...(hide && { hide }), ...(only && { only }) })]).toEqual(hidden);
});
