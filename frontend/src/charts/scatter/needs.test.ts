import { expect, it } from 'vitest';
import { columnsOf } from '../testing/chartedColumns.ts';
import { scatterAxes } from './needs.ts';

const COLUMNS = columnsOf(
  [
    { name: 'flag' },
    { name: 'rate', distinct: 8 },
    { name: 'kind', kind: 'TEXT', distinct: 30, min: null, max: null },
    { name: 'fixed', distinct: 3, min: 1, max: 1 },
  ],
  ['scores.r2', 'scores.mae'],
);

it('begins with the numbers of most values, and the first metric that is shown', () => {
  expect(scatterAxes({ search: {}, columns: COLUMNS, shown: ['scores.mae'] })).toEqual({
    x: 'params.rate',
    y: 'metrics.scores.mae',
  });
});

it('begins with the time where no parameter differs', () => {
  const columns = columnsOf([{ name: 'fixed', min: 1, max: 1 }], ['scores.r2']);
  expect(scatterAxes({ search: {}, columns, shown: [] })).toEqual({ x: 'started', y: 'metrics.scores.r2' });
});

it('has the columns that were chosen', () => {
  const search = { x: 'params.flag', y: 'duration' };
  expect(scatterAxes({ search, columns: COLUMNS, shown: [] })).toEqual(search);
});
