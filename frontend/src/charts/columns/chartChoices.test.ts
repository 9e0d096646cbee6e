import { expect, it } from 'vitest';
import { chartChoices } from './chartChoices.ts';

const METRICS = ['linear.r2_score', 'forest.r2_score', 'forest.mae', 'forest.alpha'].map((id) => ({
  id,
  dataset: id.split('.')[0] ?? '',
  key: id.split('.')[1] ?? '',
  ...{ runs: 22, direction: null, min: 0, max: 1 },
}));
const PARAMETERS = [{ name: 'alpha', runs: 20, kind: 'NUMBER' as const, distinct: 2, min: 0, max: 1 }];

it('names the dataset of a metric where its key alone does not tell which is meant', () => {
  const choices = new Map(chartChoices(METRICS, PARAMETERS, true).map((choice) => [choice.name, choice]));
  const standing = (name: string) => choices.get(name)?.fullLabel ?? choices.get(name)?.label;
  expect(standing('metrics.linear.r2_score')).toBe('r2_score of linear');
  expect(standing('metrics.forest.r2_score')).toBe('r2_score of forest');
  expect(standing('metrics.forest.alpha')).toBe('alpha of forest');
  expect(standing('metrics.forest.mae')).toBe('mae');
  expect(standing('params.alpha')).toBe('alpha');
});

it('tells how many runs have a column only where that is asked for', () => {
  const counts = (counted: boolean) => chartChoices(METRICS, PARAMETERS, counted).map(({ runs }) => runs);
  expect(counts(true)).toContain(20);
  expect(new Set(counts(false))).toEqual(new Set([undefined]));
});
