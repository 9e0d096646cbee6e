import { expect, it } from 'vitest';
import { columnsOf } from '../testing/chartedColumns.ts';
import { distributionNeeds, groupingColumn } from './needs.ts';

const TEXT = { kind: 'TEXT', min: null, max: null } as const;
const shown = ['scores.r2'];

it('begins with groups by the parameter of few texts that most runs have', () => {
  const columns = columnsOf(
    [
      { name: 'rate', distinct: 5 },
      { name: 'one', ...TEXT, distinct: 1 },
      { name: 'many', ...TEXT, distinct: 9 },
      { name: 'seldom', ...TEXT, distinct: 3, runs: 2 },
      { name: 'flag', kind: 'BOOLEAN', distinct: 2 },
      { name: 'kind', ...TEXT, distinct: 3 },
    ],
    shown,
  );
  expect(groupingColumn({ search: {}, columns, shown })).toBe('params.kind');
  expect(distributionNeeds({ search: {}, columns, shown })).toEqual(['metrics.scores.r2', 'params.kind']);
});

it('has all runs together where somebody wants that, or nothing makes groups', () => {
  const columns = columnsOf([{ name: 'kind', ...TEXT, distinct: 3 }], shown);
  expect(groupingColumn({ search: { by: 'none' }, columns, shown })).toBeUndefined();
  expect(groupingColumn({ search: { by: 'author' }, columns, shown })).toBe('author');
  expect(groupingColumn({ search: {}, columns: columnsOf([], shown), shown })).toBeUndefined();
});
