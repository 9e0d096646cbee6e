import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../app/searchParams.ts';
import { nextSort, parseSort, readCompareSearch, readExperimentsSearch, readRunSearch } from './search.ts';

const compare = (address: string) => readCompareSearch(parseSearch(address));

describe('an address', () => {
  it('is written so that people can read it', () => {
    expect(stringifySearch({ runs: ['2024-05-01T12.30.45.678Z', 'b'], view: 'plots', changes: true })).toBe(
      '?runs=2024-05-01T12.30.45.678Z,b&view=plots&changes=1',
    );
    expect(stringifySearch({ q: undefined, selected: [], compare: false })).toBe('');
  });

  it('brings back exactly what was written', () => {
    const search = { q: 'a&b=c +%2C d', selected: ['with,comma', '100%', 'ü/日本'], tab: 'metrics' } as const;
    expect(readExperimentsSearch(parseSearch(stringifySearch(search)))).toMatchObject(search);
  });

  it('falls back where values are bad', () => {
    expect(readExperimentsSearch(parseSearch('?tab=x&sort=nonsense&bookmarked=maybe&chart=pie'))).toEqual({});
    expect(readRunSearch({ view: 42, plot: ['x'] })).toEqual({});
  });

  it('names runs once each, and a baseline only among them', () => {
    expect(compare('?runs=a,b,,a&baseline=b')).toMatchObject({ runs: ['a', 'b'], baseline: 'b' });
    expect(compare('?runs=a,b&baseline=z').baseline).toBeUndefined();
    expect(compare('').runs).toBeUndefined();
  });

  it('of Kedro-Viz 10 is understood', () => {
    expect(readExperimentsSearch(parseSearch('?run_id=A,B&view=Plots'))).toMatchObject({
      run_id: ['A', 'B'],
      view: 'plots',
    });
  });
});

describe('sorting', () => {
  it('turns into the order that the server knows', () => {
    expect(parseSort('-started')).toEqual({ field: 'STARTED', direction: 'DESC' });
    expect(parseSort('git')).toEqual({ field: 'GIT_BRANCH', direction: 'ASC' });
    expect(parseSort('-metric:metrics.r2')).toEqual({
      field: 'METRIC',
      direction: 'DESC',
      metric: 'metrics.r2',
    });
    expect(parseSort('metric:')).toBeUndefined();
  });

  it('changes direction with each click on a column', () => {
    expect(nextSort(undefined, 'title')).toBe('title');
    expect(nextSort('title', 'title')).toBe('-title');
    expect(nextSort('-title', 'title')).toBe('title');
    expect(nextSort('title', 'metric:m.r2')).toBe('-metric:m.r2');
    expect(nextSort('-metric:m.r2', 'metric:m.r2')).toBe('metric:m.r2');
    expect(nextSort(undefined, 'started')).toBe('started');
  });

  it('leaves the address empty in the default order', () => {
    expect(nextSort('started', 'started')).toBeUndefined();
  });
});
