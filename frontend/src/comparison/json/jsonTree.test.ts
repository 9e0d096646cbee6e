import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../formatting/scalars.ts';
import { flatJsonRows, jsonRows } from './jsonRows.ts';
import { compareJson, type JsonNode } from './jsonTree.ts';

/** What is said to have changed, by path: one entry a run after the first. */
function changesOf(...values: (JsonValue | undefined)[]): Record<string, (string | undefined)[]> {
  const told: Record<string, (string | undefined)[]> = {};
  const collect = (node: JsonNode): void => {
    const changes = node.changes
      .slice(1)
      .map((change) => (change?.kind === 'moved' ? `${change.count} moved` : change?.kind));
    if (changes.some((change) => change !== undefined)) told[node.path] = changes;
    node.children.forEach(collect);
  };
  collect(compareJson(values));
  return told;
}

describe('JSON compared with the baseline’s', () => {
  it('tells what was added, removed and changed, by the way to it', () => {
    expect(changesOf({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: 2, e: 3 }, d: [1] })).toEqual({
      'a.b': ['changed'],
      'a.c': ['removed'],
      'a.e': ['added'],
    });
  });

  it('compares any number of runs with the first one', () => {
    expect(changesOf({ n: 1 }, { n: 1 }, { n: 2 }, {})).toEqual({ n: [undefined, 'changed', 'removed'] });
  });

  it('tells once what is there as a whole or not at all', () => {
    expect(changesOf({}, { model: { layers: [{ units: 1 }] } })).toEqual({ model: ['added'] });
    expect(changesOf({ model: { units: 1 } }, {})).toEqual({ model: ['removed'] });
    expect(changesOf({ model: { units: 1 } }, { model: 'linear' })).toEqual({ model: ['changed'] });
    expect(changesOf({ a: [] }, { a: {} })).toEqual({ a: ['changed'] });
  });

  it('tells values of different types apart', () => {
    expect(changesOf({ n: 1, t: true, x: null }, { n: '1', t: 'true', x: 0 })).toEqual({
      n: ['changed'],
      t: ['changed'],
      x: ['changed'],
    });
  });

  it('says of an entry that was taken out of a list, or put into it, nothing but that', () => {
    expect(changesOf(['a', 'b', 'c', 'd'], ['a', 'c', 'd'])).toEqual({ '[1]': ['removed'] });
    expect(changesOf(['a', 'b', 'c'], ['x', 'a', 'b', 'c'])).toEqual({ '[+0]': ['added'] });
    expect(changesOf(['a', 'b', 'c'], ['a', 'x', 'b', 'y', 'c'], ['b', 'c'])).toEqual({
      '[0]': [undefined, 'removed'],
      '[+1]': ['added', undefined],
      '[+3]': ['added', undefined],
    });
    const many = Array.from({ length: 3000 }, (_, index) => index % 7);
    expect(changesOf(many, many.toSpliced(2, 1, 7).toSpliced(5, 1))).toEqual({
      '[2]': ['changed'],
      '[5]': ['removed'],
    });
  });

  it('puts what runs added at a place of a list into one row', () => {
    expect(changesOf(['a', 'b'], ['a', 'x', 'b'], ['a', 'y', 'x', 'b'])).toEqual({
      '[+1]': ['added', 'added'],
      '[+1]′': [undefined, 'added'],
    });
    expect(changesOf(['a'], ['a', 1], ['a', 2])).toEqual({ '[+1]': ['added', 'added'] });
  });

  it('says once of a list that it is in another order', () => {
    expect(changesOf({ list: ['a', 'b', 'c'] }, { list: ['b', 'a', 'c', 'd'] })).toEqual({
      list: ['1 moved'],
      'list[+3]': ['added'],
    });
    expect(changesOf([1, 2, 3, 4], [4, 3, 2, 1])).toEqual({ '': ['3 moved'] });
  });

  it('compares entries of lists that were changed with what they were', () => {
    const layers = [
      { name: 'in', units: 8, rate: 0.1 },
      { name: 'middle', units: 8, rate: 0.1 },
      { name: 'out', units: 1, rate: 0.3 },
    ];
    const [first, , last] = layers;
    expect(changesOf({ layers }, { layers: [first, { ...last, rate: 0.2 }] } as JsonValue)).toEqual({
      'layers[1]': ['removed'],
      'layers[2].rate': ['changed'],
    });
    expect(changesOf([{ n: 1 }, { n: 2 }], [{ n: 1 }, { n: 3 }])).toEqual({ '[1].n': ['changed'] });
    expect(changesOf([{ n: 1 }], [[1]], [5])).toEqual({ '[0]': ['changed', 'changed'] });
  });

  it('takes only what stands at the same place for unmoved where to find more would take too long', () => {
    const many = Array.from({ length: 4900 }, (_, index) => index);
    expect(changesOf(many, [...many.slice(0, 10), ...many.slice(10).reverse()])).toEqual({
      '': ['4890 moved'],
    });
  });

  it('does not take a value that stands twice for one that was moved', () => {
    expect(changesOf(['a', 'b'], ['a', 'a'])).toEqual({ '[1]': ['changed'] });
  });

  it('knows no order of keys', () => {
    expect(changesOf([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toEqual({});
  });

  it('ends where it is very deep or very much', () => {
    let deep: JsonValue = 1;
    for (let depth = 0; depth < 100; depth += 1) deep = { a: deep };
    expect(Object.keys(changesOf(deep, { a: 1 }))).toEqual(['a']);
    const many = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    expect(changesOf({ many, n: 1 }, { many: many.slice(1), n: 2 })).toEqual({
      many: ['changed'],
      n: ['changed'],
    });
  });

  it('is not confused by names of JavaScript', () => {
    expect(changesOf({}, { constructor: 2, toString: 3 })).toEqual({
      constructor: ['added'],
      toString: ['added'],
    });
  });
});

describe('the rows of compared JSON', () => {
  const root = compareJson([
    { same: { a: 1, b: 2 }, other: { c: 1, d: 1 } },
    { same: { a: 1, b: 2 }, other: { c: 2, d: 1 } },
  ]);
  const labels = (toggled: [string, boolean][] = []) =>
    jsonRows('set', root, new Map(toggled)).map(({ label }) => label);

  it('fold what is the same, and open what differs', () => {
    expect(labels()).toEqual(['same', 'other', 'c', 'd']);
  });

  it('open and fold when asked', () => {
    expect(
      labels([
        ['json set same', true],
        ['json set other', false],
      ]),
    ).toEqual(['same', 'a', 'b', 'other']);
  });

  it('say of a whole list that it is in another order', () => {
    const list = compareJson([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(jsonRows('set', list, new Map()).map(({ label }) => label)).toEqual(['value', '[0]', '[1]']);
  });

  it('leave out what is the same, also of long lists, where only differences are asked for', () => {
    const long = Array.from({ length: 200 }, (_, index) => index);
    const tree = compareJson([
      { long, same: 1 },
      { long: long.toSpliced(3, 1), same: 1 },
    ]);
    expect(jsonRows('set', tree, new Map(), true).map(({ label }) => label)).toEqual(['long', '[3]']);
  });

  it('can be on one level, with plain lists as one value', () => {
    const tree = compareJson([
      { layers: [{ units: 1 }, { units: 2 }], names: ['a', 'b'], none: [], mixed: 1 },
      { layers: [{ units: 2 }], names: ['b'], none: [], mixed: { deep: 1 } },
    ]);
    expect(flatJsonRows('set', tree).map(({ label, values }) => [label, ...values])).toEqual([
      ['layers[0].units', '1', null],
      ['layers[1].units', '2', '2'],
      ['names', '["a","b"]', '["b"]'],
      ['none', '[]', '[]'],
      ['mixed', '1', null],
      ['mixed.deep', null, '1'],
    ]);
  });

  it('say in a folded row how much differs in it', () => {
    const [, other] = jsonRows('set', root, new Map([['json set other', false]]));
    expect(other?.values).toEqual(['{"c":1,"d":1}', '{2} 1 difference']);
  });
});
