import { expect, it } from 'vitest';
import { numberColumn, runTable } from '../../data/runTable/runTable.ts';
import { metricRuns } from './metricRuns.ts';

it('counts the runs of a table that have a metric, also those that told NaN', () => {
  const values = Float64Array.of(1, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY);
  const ids = ['a', 'b', 'c', 'd'];
  const table = runTable(ids, ids, new Float64Array(4), [
    numberColumn('metrics.m.loss', values, Uint32Array.of(2)),
  ]);
  expect(metricRuns(table, 'm.loss')).toBe(3);
  expect(metricRuns(table, 'm.other')).toBeUndefined();
});
