import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../graphql/scalars.ts';
import { jsonRows } from './jsonRows.ts';
import { compareJson, type JsonNode } from './jsonTree.ts';

/** What is said to have changed, by path: one entry a run after the first. */
function changesOf(...values: (JsonValue | undefined)[]): Record<string, (string | undefined)[]> {
  const told: Record<string, (string | undefined)[]> = {};
  const collect = (node: JsonNode): void => {
    const changes = node.changes
      .slice(1)
      .map((change) => (change?.kind === 'moved' ? `moved from ${change.from}` : change?.kind));
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

  it('compares lists place by place, and sees what was moved', () => {
    expect(changesOf(['a', 'b', 'c'], ['b', 'a', 'c', 'd'])).toEqual({
      '[0]': ['moved from [1]'],
      '[1]': ['moved from [0]'],
      '[3]': ['added'],
    });
    expect(changesOf([{ n: 1 }, { n: 2 }], [{ n: 2 }, { n: 3 }])).toEqual({
      '[0]': ['moved from [1]'],
      '[1].n': ['changed'],
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

  it('say in a folded row how much differs in it', () => {
    const [, other] = jsonRows('set', root, new Map([['json set other', false]]));
    expect(other?.values).toEqual(['{"c":1,"d":1}', '{2} 1 difference']);
  });
});
