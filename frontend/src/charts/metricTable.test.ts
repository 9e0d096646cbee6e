import { describe, expect, it } from 'vitest';
import { isWhole, toMetricTable } from './metricTable.ts';
import { seriesOf, tableOf } from './testing/generatedTable.ts';

describe('toMetricTable', () => {
  it('makes a gap of what cannot be drawn', () => {
    const table = tableOf({ 'm.r2': [1, null, 'NaN', 'Infinity', 2] });
    expect([...seriesOf(table).values]).toEqual([1, Number.NaN, Number.NaN, Number.NaN, 2]);
  });

  it('makes a gap where a column is shorter than the list of runs', () => {
    const table = tableOf({ 'm.a': [1, 2, 3], 'm.b': [1] });
    expect([...seriesOf(table, 1).values]).toEqual([1, Number.NaN, Number.NaN]);
  });

  it('calls a run without a title by its id', () => {
    const { titles } = toMetricTable({
      runIds: ['a', 'b'],
      titles: ['', 'B'],
      startedAt: [1, null],
      columns: [],
    });
    expect(titles).toEqual(['a', 'B']);
  });

  it('knows whole numbers from others', () => {
    const table = tableOf({ 'm.rows': [1, 2, 3], 'm.r2': [1, 2, 2.5] });
    expect(table.series.map(isWhole)).toEqual([true, false]);
  });
});
