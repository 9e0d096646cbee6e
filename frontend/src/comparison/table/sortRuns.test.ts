import { describe, expect, it } from 'vitest';
import type { NumberValue } from '../../formatting/scalars.ts';
import type { ComparisonRow } from './comparisonRows.ts';
import { baselineFirst, moveTo } from './runOrderEdits.ts';
import { nextSort, sortedBy, sortRuns } from './sortRuns.ts';

const numbers = (...values: (NumberValue | null)[]): ComparisonRow => ({
  kind: 'metric',
  key: 'm',
  label: 'm',
  differs: true,
  values,
});
const texts = (...values: (string | null)[]): ComparisonRow => ({
  kind: 'text',
  key: 't',
  label: 't',
  differs: true,
  values,
});
const IDS = ['base', 'a', 'b', 'c', 'd'];

describe('sorting the compared runs', () => {
  it('leaves the baseline first, and those without a value last, both ways', () => {
    const row = numbers(5, 10, null, 2, 'Infinity');
    expect(sortRuns(IDS, row, 'ascending')).toEqual(['base', 'c', 'a', 'd', 'b']);
    expect(sortRuns(IDS, row, 'descending')).toEqual(['base', 'd', 'a', 'c', 'b']);
  });

  it('keeps the order of runs that are alike', () => {
    expect(sortRuns(IDS, numbers(0, 1, 0, 1, 0), 'descending')).toEqual(['base', 'a', 'c', 'b', 'd']);
  });

  it('takes numbers in text for numbers', () => {
    expect(sortRuns(IDS, texts('', '10', '9', 'x', '100'), 'ascending')).toEqual([
      'base',
      'b',
      'a',
      'd',
      'c',
    ]);
  });

  it('begins with the best, and turns round when it is so already', () => {
    expect(nextSort(numbers(0, 1, 3, 2), 'HIGHER')).toBe('descending');
    expect(nextSort(numbers(0, 1, 3, 2), 'LOWER')).toBe('ascending');
    expect(nextSort(numbers(0, 3, 2, 1), 'HIGHER')).toBe('ascending');
  });

  it('is told where the runs are in order, but not of two', () => {
    expect(sortedBy(numbers(9, 1, 2, 3, null))).toBe('ascending');
    expect(sortedBy(numbers(9, 3, 2, 1))).toBe('descending');
    expect(sortedBy(numbers(9, 3, 1, 2))).toBeUndefined();
    expect(sortedBy(numbers(9, 1, 2))).toBeUndefined();
  });
});

describe('the order of runs', () => {
  it('has the baseline first', () => {
    expect(baselineFirst(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
    expect(baselineFirst(['a', 'b'], undefined)).toEqual(['a', 'b']);
    expect(baselineFirst(['a', 'b'], 'gone')).toEqual(['a', 'b']);
  });

  it('changes by moving one', () => {
    expect(moveTo(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
    expect(moveTo(['a', 'b'], 'gone', 0)).toEqual(['a', 'b']);
  });
});
