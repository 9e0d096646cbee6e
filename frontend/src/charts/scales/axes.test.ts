import { describe, expect, it } from 'vitest';
import { durationTicks, linearAxis, logAxis, stepTicks } from './axes.ts';

const labels = (ticks: { label: string }[]) => ticks.map(({ label }) => label);

describe('the axis of steps', () => {
  it('has round marks within the range only', () => {
    expect(labels(stepTicks([3, 97], 5, true))).toEqual(['20', '40', '60', '80']);
    expect(labels(stepTicks([0, 2], 5, true))).toEqual(['0', '1', '2']);
  });

  it('has one mark where there is one step', () => {
    expect(stepTicks([7, 7], 5, true)).toEqual([{ at: 7, label: '7' }]);
  });
});

describe('the axis of time', () => {
  it.each([
    [
      [0, 4],
      ['0', '1.0 s', '2.0 s', '3.0 s', '4.0 s'],
    ],
    [
      [0, 0.4],
      ['0', '100 ms', '200 ms', '300 ms', '400 ms'],
    ],
    [
      [30, 250],
      ['1 min', '2 min', '3 min', '4 min'],
    ],
    [
      [0, 4 * 3600],
      ['0', '1 h', '2 h', '3 h', '4 h'],
    ],
    [
      [0, 4 * 86_400],
      ['0', '1 d', '2 d', '3 d', '4 d'],
    ],
    [
      [-2, 2],
      ['−2.0 s', '−1.0 s', '0', '1.0 s', '2.0 s'],
    ],
  ] as const)('from %j is marked %j', (range, marks) => {
    expect(labels(durationTicks(range, 4))).toEqual(marks);
  });

  it('is bounded for times beyond all reason', () => {
    expect(durationTicks([9e15 - 1, 9e15], 4).length).toBeLessThan(11);
    expect(durationTicks([-1e300, 1e300], 4).length).toBeLessThan(11);
  });
});

describe('the axis of values', () => {
  it('covers them with round marks', () => {
    expect(linearAxis(0.12, 0.88, 4)).toMatchObject({ low: 0, high: 1 });
  });

  it.each([
    [-1.7e308, 1.7e308],
    [5e-324, 5e-324],
    [0, 0],
    [1e15, 1e15 + 0.125],
  ])('is finite for values from %d to %d', (low, high) => {
    const axis = linearAxis(low, high, 4);
    expect(axis.high).toBeGreaterThan(axis.low);
    expect(Number.isFinite(axis.high - axis.low)).toBe(true);
    expect(axis.ticks.length).toBeLessThan(12);
  });
});

describe('the logarithmic axis', () => {
  it('is marked at powers of ten', () => {
    expect(logAxis(0.002, 300, 6)).toEqual({
      low: -3,
      high: 3,
      ticks: [-3, -2, -1, 0, 1, 2, 3].map((at) => ({ at, label: String(10 ** at) })),
    });
  });

  it('leaves powers out where there are many', () => {
    const { ticks } = logAxis(1e-12, 1e12, 4);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.map(({ at }) => at)).toContain(0);
  });

  it('has round values where no power of ten is within', () => {
    const { low, high, ticks } = logAxis(0.31, 0.42, 4);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    for (const { at, label } of ticks) {
      expect(at).toBeGreaterThanOrEqual(low);
      expect(at).toBeLessThanOrEqual(high);
      expect(10 ** at).toBeCloseTo(Number(label));
    }
  });

  it('has room for a value that never changes', () => {
    const { low, high } = logAxis(5, 5, 4);
    expect(low).toBeLessThan(Math.log10(5));
    expect(high).toBeGreaterThan(Math.log10(5));
  });
});
