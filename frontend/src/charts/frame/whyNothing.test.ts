import { expect, it } from 'vitest';
import { tableOf } from '../testing/generatedTable.ts';
import { whyNothing } from './whyNothing.ts';

const TABLE = tableOf({
  'metrics.a.loss': [0.5, null],
  'metrics.a.none': [null, null],
  'params.kind': [null, 'tree'],
  'params.empty': [null, null],
});

it.each([
  [['metrics.a.loss', 'params.kind'], 0, 'No run has both loss of a and kind.'],
  [['metrics.a.loss', 'metrics.a.none'], 0, 'None of these 2 runs has a value of none of a.'],
  [['params.empty', 'metrics.a.none'], 0, 'None of these 2 runs has a value of empty or none of a.'],
  [
    ['params.empty', 'params.gone', 'metrics.a.none'],
    0,
    'None of these 2 runs has a value of any of these columns.',
  ],
  [['metrics.a.gone'], 0, 'None of these 2 runs has a value of gone of a.'],
  [['metrics.a.loss'], 3, 'No value above zero: nothing to draw on a logarithmic scale.'],
] as const)('tells what runs lack of %j', (names, hidden, said) => {
  expect(whyNothing(TABLE, names, hidden)).toBe(said);
});

it('blames no column where there is no run', () => {
  expect(whyNothing(tableOf({ 'metrics.a.loss': [] }), ['metrics.a.loss'], 0)).toBe(
    'There is no run to draw.',
  );
  expect(whyNothing(tableOf({ 'metrics.a.loss': [null] }), ['metrics.a.loss'], 0)).toBe(
    'The only run here has no value of loss of a.',
  );
});
