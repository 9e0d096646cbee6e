import { describe, expect, it } from 'vitest';
import { bestPlaces, compareWithBaseline } from './metricDelta.ts';

describe('a difference from the baseline', () => {
  it('is better or worse by the direction of the metric, and neither where nobody knows it', () => {
    expect(compareWithBaseline(3, 2, 'HIGHER')).toEqual({ absolute: 1, relative: 0.5, verdict: 'better' });
    expect(compareWithBaseline(3, 2, 'LOWER')?.verdict).toBe('worse');
    expect(compareWithBaseline(1, 2, 'LOWER')?.verdict).toBe('better');
    expect(compareWithBaseline(3, 2, undefined)?.verdict).toBe('changed');
    expect(compareWithBaseline(2, 2, 'LOWER')).toEqual({ absolute: 0, relative: 0, verdict: 'same' });
  });

  it('has the sign of the change in percent, also below zero', () => {
    expect(compareWithBaseline(-1, -2, 'HIGHER')).toEqual({ absolute: 1, relative: 0.5, verdict: 'better' });
    expect(compareWithBaseline(-3, -2, 'HIGHER')?.relative).toBe(-0.5);
  });

  it('has no percentage where that would say nothing, and says why', () => {
    expect(compareWithBaseline(3, 0, 'HIGHER')).toEqual({
      absolute: 3,
      relative: null,
      noPercentage: 'No percentage: the baseline is 0',
      verdict: 'better',
    });
    expect(compareWithBaseline(3, -2, 'HIGHER')?.noPercentage).toBe('No percentage: the sign changes');
    expect(compareWithBaseline(0, 2, 'HIGHER')?.relative).toBe(-1);
    expect(compareWithBaseline(0, 0, 'HIGHER')?.relative).toBe(0);
  });

  it('is not told of what is missing or no finite number', () => {
    expect(compareWithBaseline(null, 1, 'HIGHER')).toBeNull();
    expect(compareWithBaseline(1, undefined, 'HIGHER')).toBeNull();
    expect(compareWithBaseline('NaN', 1, 'HIGHER')).toBeNull();
    expect(compareWithBaseline('Infinity', 1, 'HIGHER')).toBeNull();
  });
});

describe('the best of some values', () => {
  it('is the highest or the lowest, wherever it is', () => {
    expect([...bestPlaces([1, 3, null, 3, 2], 'HIGHER')]).toEqual([1, 3]);
    expect([...bestPlaces([1, 'NaN', 3], 'LOWER')]).toEqual([0]);
    expect([...bestPlaces([1, 'Infinity'], 'HIGHER')]).toEqual([1]);
  });

  it('is not told where there is nothing to choose, or nobody knows what is better', () => {
    expect(bestPlaces([1, 2], undefined).size).toBe(0);
    expect(bestPlaces([2, 2], 'HIGHER').size).toBe(0);
    expect(bestPlaces([2, null], 'HIGHER').size).toBe(0);
    expect(bestPlaces([], 'LOWER').size).toBe(0);
  });
});
