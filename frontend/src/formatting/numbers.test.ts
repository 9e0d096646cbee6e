import { describe, expect, it } from 'vitest';
import {
  chooseFormat,
  computeDelta,
  formatAbsoluteDelta,
  formatNumber,
  formatRelativeDelta,
  placeInRange,
} from './numbers.ts';

const written = (values: number[]) => values.map((value) => formatNumber(value, chooseFormat(values)));

describe('the numbers of a column', () => {
  it('are whole without decimals and with thousands marked', () => {
    expect(written([1, 20, 31715])).toEqual(['1', '20', '31,715']);
  });

  it('get the digits that tell them apart, all alike', () => {
    expect(written([0.45712, 0.45698])).toEqual(['0.4571', '0.4570']);
    expect(written([3.5, 4, 12.2])).toEqual(['3.5', '4.0', '12.2']);
    expect(written([0.5])).toEqual(['0.5']);
    expect(written([4.1000000000000005, 0.5])).toEqual(['4.1', '0.5']);
    expect(written([0.457121, 0.457123])).toEqual(['0.457121', '0.457123']);
    expect(written([1204.5, 1210.25])).toEqual(['1,204.5', '1,210.3']);
  });

  it('are not drowned in digits by a difference nobody reads', () => {
    expect(written([0.1 + 0.2, 0.3])[0]?.length).toBeLessThan(11);
  });

  it('are scientific where they are very large or very small', () => {
    expect(written([1.5e12, 2.25e12])).toEqual(['1.50e12', '2.25e12']);
    expect(written([1e-7])).toEqual(['1.00e−7']);
  });

  it('stay readable where they are not finite', () => {
    expect(formatNumber('NaN')).toBe('NaN');
    expect(formatNumber('Infinity')).toBe('∞');
    expect(formatNumber('-Infinity')).toBe('−∞');
    expect(chooseFormat(['NaN', null, 0.5]).digits).toBeGreaterThan(0);
  });

  it('never show a negative zero', () => {
    expect(formatNumber(-0.00001, { notation: 'fixed', digits: 2 })).toBe('0.00');
  });
});

describe('a delta', () => {
  it('is absolute and relative to the baseline', () => {
    const delta = computeDelta(110, 100);
    expect(delta).toEqual({ absolute: 10, relative: 0.1 });
  });

  it('keeps its direction with a negative baseline', () => {
    expect(computeDelta(-90, -100)).toEqual({ absolute: 10, relative: 0.1 });
  });

  it('has no percentage against zero', () => {
    const delta = computeDelta(2, 0);
    expect(delta).toEqual({ absolute: 2, relative: null });
    expect(delta && formatRelativeDelta(delta)).toBeNull();
  });

  it('does not exist where a value is missing or not finite', () => {
    expect(computeDelta(null, 1)).toBeNull();
    expect(computeDelta(1, undefined)).toBeNull();
    expect(computeDelta('NaN', 1)).toBeNull();
    expect(computeDelta(1, 'Infinity')).toBeNull();
  });

  it('is written with its sign', () => {
    const format = { notation: 'fixed', digits: 2 } as const;
    expect(formatAbsoluteDelta({ absolute: 0.5, relative: 0.1 }, format)).toBe('+0.50');
    expect(formatAbsoluteDelta({ absolute: -0.5, relative: -0.1 }, format)).toBe('−0.50');
    expect(formatAbsoluteDelta({ absolute: 0, relative: 0 }, format)).toBe('±0');
    expect(formatAbsoluteDelta({ absolute: 0.001, relative: 0.1 }, format)).toBe('+0.001');
    expect(formatRelativeDelta({ absolute: 1, relative: 0.1234 })).toBe('+12.3 %');
    expect(formatRelativeDelta({ absolute: 1, relative: -0.00001 })).toBe('−<0.01 %');
  });
});

describe('the place in a range', () => {
  it('is between 0 and 1', () => {
    expect(placeInRange(5, 0, 10)).toBe(0.5);
    expect(placeInRange(50, 0, 10)).toBe(1);
  });

  it('says nothing where all values are the same, missing or not finite', () => {
    expect(placeInRange(5, 5, 5)).toBeNull();
    expect(placeInRange(null, 0, 1)).toBeNull();
    expect(placeInRange('NaN', 0, 1)).toBeNull();
  });
});
