import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../testing/generatedTable.ts';
import { formatTick, niceScale, ticksOf } from './ticks.ts';

describe('niceScale', () => {
  it('covers the values with a handful of ticks, whatever their size', () => {
    const random = randomNumbers(1);
    for (let i = 0; i < 500; i += 1) {
      const size = 10 ** (random() * 30 - 15);
      const [a, b] = [(random() - 0.5) * size, (random() - 0.5) * size];
      const scale = niceScale(Math.min(a, b), Math.max(a, b), 5);
      expect(scale.low).toBeLessThanOrEqual(Math.min(a, b));
      expect(scale.high).toBeGreaterThanOrEqual(Math.max(a, b));
      expect(ticksOf(scale).length).toBeGreaterThanOrEqual(2);
      expect(ticksOf(scale).length).toBeLessThanOrEqual(8);
    }
  });

  it('fits the values closely', () => {
    expect(niceScale(0.2, 11, 4)).toEqual({ low: 0, high: 12, step: 2 });
    expect(ticksOf(niceScale(0.61, 0.93, 4)).map((tick) => formatTick(tick, 0.1))).toEqual([
      '0.6',
      '0.7',
      '0.8',
      '0.9',
      '1.0',
    ]);
  });

  it('puts values that are all the same in the middle', () => {
    const { low, high } = niceScale(42, 42, 5);
    expect((low + high) / 2).toBeCloseTo(42);
    expect(niceScale(0, 0, 4)).toEqual({ low: -1, high: 1, step: 0.5 });
  });

  it('has no ticks between whole numbers', () => {
    expect(ticksOf(niceScale(77_096, 77_098, 5, true))).toEqual([77_096, 77_097, 77_098]);
  });

  it('ends where doubles are too coarse for steps', () => {
    const ticks = ticksOf(niceScale(1e17, 1e17 + 16, 5));
    expect(ticks.length).toBeLessThanOrEqual(8);
  });
});

it.each([
  [0.30000000000000004, 0.1, '0.3'],
  [-1e-17, 0.1, '0'],
  [1000, 200, '1000'],
  [1_250_000, 50_000, '1.25M'],
  [77_097, 1, '77097'],
  [1e300, 2e299, '1e300'],
  [-1.25e15, 5e13, '-1.25e15'],
  [8e-8, 2e-8, '8e-8'],
  [-0.05, 0.05, '-0.05'],
])('writes the tick %d with steps of %d as %s', (value, step, text) => {
  expect(formatTick(value, step)).toBe(text);
});
