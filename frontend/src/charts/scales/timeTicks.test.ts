import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../testing/generatedTable.ts';
import { timeTicks } from './timeTicks.ts';

/** Moments in the reader's time zone, whatever that is where the tests run. */
const at = (...parts: [number, number, number, number?, number?, number?]): number =>
  new Date(...parts).getTime();

describe('timeTicks', () => {
  it.each([
    ['seconds', at(2026, 4, 1, 12, 0, 0), at(2026, 4, 1, 12, 0, 12), ['12:00:00', '12:00:05', '12:00:10']],
    ['hours', at(2026, 4, 1, 5), at(2026, 4, 1, 20), ['06:00', '09:00', '12:00', '15:00', '18:00']],
    ['a night', at(2026, 4, 1, 20), at(2026, 4, 2, 8), ['21:00', '2 May', '03:00', '06:00']],
    ['days', at(2026, 4, 1, 20), at(2026, 4, 5, 8), ['2 May', '3 May', '4 May', '5 May']],
    ['months', at(2025, 10, 15), at(2026, 2, 15), ['Dec', '2026', 'Feb', 'Mar']],
    ['years', at(2021, 5, 1), at(2026, 5, 1), ['2022', '2023', '2024', '2025', '2026']],
  ])('writes %s as one reads them', (_, from, to, labels) => {
    expect(timeTicks([from, to], 5).map(({ label }) => label)).toEqual(labels);
  });

  it('has more than one mark, even where few have room', () => {
    const labels = timeTicks([at(2025, 7, 28), at(2025, 11, 5)], 3).map(({ label }) => label);
    expect(labels).toEqual(['Sept', 'Oct', 'Nov', 'Dec']);
  });

  it('begins its weeks with the month, so that they stay where they are when the view moves', () => {
    const days = (from: number, to: number) =>
      timeTicks([from, to], 5).map(({ time }) => new Date(time).getDate());
    expect(days(at(2026, 7, 28), at(2026, 9, 2))).toEqual([1, 8, 15, 22, 1]);
    expect(days(at(2026, 8, 3), at(2026, 9, 6))).toEqual([8, 15, 22, 1]);
  });

  it('keeps ticks in order, within the range, apart and few, for any range', () => {
    const random = randomNumbers(5);
    for (let i = 0; i < 300; i += 1) {
      const from = at(2000, 0, 1) + random() * 1e12;
      const to = from + 10 ** (3 + random() * 9);
      const ticks = timeTicks([from, to], 5);
      expect(ticks.length).toBeLessThanOrEqual(8);
      for (const [n, { time, label }] of ticks.entries()) {
        expect(time).toBeGreaterThanOrEqual(from);
        expect(time).toBeLessThanOrEqual(to);
        const before = ticks[n - 1];
        if (before === undefined) continue;
        expect(time - before.time).toBeGreaterThan((to - from) / 40);
        expect(label).not.toBe(before.label);
      }
    }
  });
});
