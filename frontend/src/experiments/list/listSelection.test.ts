import { describe, expect, it } from 'vitest';
import { chooseColumns, toggleRange } from './listSelection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];

describe('selecting runs', () => {
  it('toggles one', () => {
    expect(toggleRange([], order, 'b', undefined)).toEqual(['b']);
    expect(toggleRange(['a', 'b'], order, 'b', undefined)).toEqual(['a']);
  });

  it('takes in a range, in either direction, once each', () => {
    expect(toggleRange(['b'], order, 'd', 'b')).toEqual(['b', 'c', 'd']);
    expect(toggleRange(['d'], order, 'b', 'd')).toEqual(['d', 'b', 'c']);
  });

  it('lets go of a range', () => {
    expect(toggleRange(['a', 'b', 'c', 'd'], order, 'b', 'd')).toEqual(['a']);
  });

  it('keeps runs that are out of sight', () => {
    expect(toggleRange(['z'], order, 'a', undefined)).toEqual(['z', 'a']);
    expect(toggleRange(['z'], order, 'b', 'z')).toEqual(['z', 'b']);
  });
});

describe('the metric columns', () => {
  const all = Array.from({ length: 300 }, (_, index) => ({
    id: `m.${index}`,
    dataset: 'm',
    key: String(index),
    runs: 1,
    min: 0,
    max: 1,
  }));

  it('are few until somebody chooses', () => {
    expect(chooseColumns(all, undefined)).toHaveLength(12);
  });

  it('are those chosen that exist', () => {
    expect(chooseColumns(all, ['m.7', 'gone', 'm.2']).map((column) => column.id)).toEqual(['m.2', 'm.7']);
    expect(chooseColumns(all, ['none'])).toEqual([]);
  });
});
