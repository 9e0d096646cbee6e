import { expect, it } from 'vitest';
import { exampleQueries, nameInQuery } from './exampleQueries.ts';

const queries = (...input: Parameters<typeof exampleQueries>) =>
  exampleQueries(...input).map(({ query }) => query);

it('speaks of the metric and the parameter that most runs have', () => {
  const [first, second] = queries(
    [
      { id: 'seldom.f1', runs: 2, min: 0, max: 1 },
      { id: 'evaluate.r2_score', runs: 40, min: 0.71, max: 0.9312 },
    ],
    [
      { name: 'note', runs: 50, min: null, max: null },
      { name: 'model_options.test_size', runs: 30, min: 0.2, max: 0.4 },
    ],
  );
  expect(first).toBe('metrics.evaluate.r2_score > 0.8');
  expect(second).toBe('metrics.evaluate.r2_score > 0.8 and params.model_options.test_size == 0.2');
});

it('asks for low values where those are better', () => {
  const [first] = queries([{ id: 'a.mae', runs: 1, min: 100, max: 300, direction: 'LOWER' }], []);
  expect(first).toBe('metrics.a.mae < 200');
});

it('has something to say of a project without metrics, and of metrics without numbers', () => {
  expect(queries([], []).length).toBeGreaterThan(1);
  expect(queries([{ id: 'a.b', runs: 1, min: 'NaN', max: 'NaN' }], [])[0]).toBe('metrics.a.b > 0');
});

it('quotes names that would be read as something else', () => {
  expect(nameInQuery('metrics', 'a.b-1.c')).toBe('metrics["a.b-1.c"]');
  expect(nameInQuery('params', 'a.b.c')).toBe('params.a.b.c');
  expect(nameInQuery('params', 'in.x')).toBe('params["in.x"]');
  expect(nameInQuery('params', 'say "hi"\\')).toBe('params["say \\"hi\\"\\\\"]');
});
