import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from '../formatting/searchParams.ts';
import { MAX_QUERY_CHARACTERS } from '../query/index.ts';
import { MOST_AXES, readCharts } from './chartsSearch.ts';

test('the whole state of the charts comes back from the address that it was written to', () => {
  const search = {
    chart: 'parallel',
    metrics: ['evaluate.r2,score'],
    x: 'order',
    y: 'metrics.evaluate.r2,score',
    colour: 'params.model',
    size: 'duration',
    by: 'git.branch',
    log: true,
    best: true,
    together: 'ranges',
    axes: ['params.alpha', '-metrics.evaluate.mae'],
    brush: 'metrics["evaluate.mae"] <= 0.5',
    zoom: ['-1e-7', '2.5'],
    large: 'metrics.evaluate.mae',
    table: true,
  } as const;
  expect(readCharts(parseSearch(stringifySearch(search)))).toEqual(search);
});

test('what makes no sense is left out', () => {
  const address = '?chart=pie&x=nonsense&y=metrics.&axes=nonsense,-&zoom=2,1&together=all&colour=__proto__';
  expect(readCharts(parseSearch(address))).toEqual({});
  expect(readCharts(parseSearch('?zoom=1,x&x=order&y=order'))).toEqual({ x: 'order' });
});

test('there are not more axes than any screen has room for', () => {
  const axes = Array.from({ length: 500 }, (_, index) => `metrics.m.${index}`);
  expect(readCharts({ axes }).axes).toHaveLength(MOST_AXES);
});

test('a brush may be as long as a query', () => {
  expect(readCharts({ brush: 'x'.repeat(5_000) }).brush).toHaveLength(MAX_QUERY_CHARACTERS);
});
