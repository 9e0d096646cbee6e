import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing/chartedColumns.ts';
import { tableOf } from '../testing/generatedTable.ts';
import { parallelNeeds, parallelQuery, shownAxes } from './needs.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const COLUMNS = columnsOf(
  NAMES.map((name) => ({ name })),
  ['scores.r2', 'scores.mae'],
);
const NEEDS = { search: {}, columns: COLUMNS, shown: ['scores.r2', 'scores.mae'] };
const NOTHING = new Map<string, unknown>();

/** Runs that differ in these columns, and are alike in all others. */
function tableThatDiffersIn(...names: string[]) {
  return tableOf(
    Object.fromEntries(parallelNeeds(NEEDS).map((name) => [name, names.includes(name) ? [1, 2] : [1, 1]])),
  );
}

describe('axes at first', () => {
  it('are of metrics that are not the same in all runs of the store', () => {
    const columns = {
      ...COLUMNS,
      metrics: COLUMNS.metrics.map((one, i) => (i ? one : { ...one, max: one.min })),
    };
    expect(parallelNeeds({ ...NEEDS, columns }).slice(-2)).toEqual(['params.f', 'metrics.scores.mae']);
    const single = { ...columns, parameters: [] };
    expect(parallelNeeds({ ...NEEDS, columns: single })).toEqual(['metrics.scores.r2', 'metrics.scores.mae']);
  });

  it('are those in which the runs differ', () => {
    const table = tableThatDiffersIn('params.b', 'params.f', 'metrics.scores.mae');
    expect(shownAxes(NEEDS, table, NOTHING)).toEqual(['params.b', 'params.f', 'metrics.scores.mae']);
  });

  it('are as many as there is room for', () => {
    const table = tableThatDiffersIn(...parallelNeeds(NEEDS));
    expect(shownAxes(NEEDS, table, NOTHING)).toEqual([
      ...['params.a', 'params.b', 'params.c', 'params.d'],
      ...['metrics.scores.r2', 'metrics.scores.mae'],
    ]);
  });

  it('are there for runs that do not differ at all', () => {
    expect(shownAxes(NEEDS, tableThatDiffersIn('params.b'), NOTHING)).toHaveLength(6);
  });

  it('are also those that the query has a range of, so that none is lost', () => {
    const query = 'params.e >= 1 and params.b > 0 and author == "me"';
    expect(parallelQuery(query, NEEDS)).toBe('author == "me"');
    const table = tableThatDiffersIn('params.b', 'metrics.scores.mae');
    expect(shownAxes(NEEDS, table, new Map([['params.e', 'brush']]))).toContain('params.e');
  });

  it('are those that were chosen, whether the runs differ or not', () => {
    const chosen = { ...NEEDS, search: { axes: ['params.a', '-params.c'] } };
    expect(shownAxes(chosen, tableThatDiffersIn(), NOTHING)).toEqual(['params.a', '-params.c']);
  });
});
