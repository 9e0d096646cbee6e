import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../formatting/searchParams.ts';
import { MAX_QUERY_CHARACTERS } from '../query/index.ts';
import { readCompareSearch, readExperimentsSearch, readRunSearch } from './search.ts';

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

  it('holds the whole state of the list', () => {
    const search = {
      tab: 'metrics',
      q: 'metrics["evaluate.r2,score"] > 0.8 and git.branch == "main"',
      bookmarked: true,
      archived: 'only',
      sort: ['-metrics.evaluate.r2,score', 'title'],
      columns: ['started', 'metrics.evaluate.r2,score', 'params.model_options.test_size'],
      pinned: ['started'],
      widths: ['metrics.evaluate.r2,score:140', 'params.a:b:80'],
      compare: true,
      selected: ['a', 'b'],
    } as const;
    const read = readExperimentsSearch(parseSearch(stringifySearch(search)));
    expect(read).toMatchObject(search);
    expect(readExperimentsSearch(read)).toEqual(read);
  });

  it('loses what names no column, and what is no width', () => {
    const address =
      '?sort=-nonsense,-title,title,metrics.,__proto__&columns=constructor,git.branch,params.&pinned=x' +
      '&widths=title:9,started:99999,author:-5,duration:1e3,nonsense:100,git.branch:5000';
    expect(readExperimentsSearch(parseSearch(address))).toEqual({
      sort: ['-title'],
      columns: ['git.branch'],
      widths: ['title:40', 'git.branch:2000'],
    });
  });

  it('is read in bounded time and space, whatever is in it', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `metrics.m.${index}`);
    const search = readExperimentsSearch({ q: 'x'.repeat(5_000), columns: many, sort: many });
    expect(search.q).toHaveLength(MAX_QUERY_CHARACTERS);
    expect(search.columns).toHaveLength(2_000);
    expect(search.sort?.length).toBeLessThan(20);
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
