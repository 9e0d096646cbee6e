import { expect, it } from 'vitest';
import { queryTokens } from './queryTokens.ts';

const shown = (text: string) => queryTokens(text).map(({ from, to, kind }) => [kind, text.slice(from, to)]);

it('tells names, values and words of the language apart', () => {
  expect(shown('metrics["evaluate.r2"] > 0.8 and not params.size == -1e3')).toEqual([
    ['name', 'metrics'],
    ['string', '"evaluate.r2"'],
    ['operator', '>'],
    ['number', '0.8'],
    ['keyword', 'and'],
    ['keyword', 'not'],
    ['name', 'params.size'],
    ['operator', '=='],
    ['number', '1e3'],
  ]);
});

it('leaves plain words as they are', () => {
  expect(shown('random forest and 2022 not this')).toEqual([]);
});

it('shows a text that is still being typed as one', () => {
  expect(shown(`notes == 'it is and`)).toEqual([
    ['name', 'notes'],
    ['operator', '=='],
    ['string', "'it is and"],
  ]);
});
