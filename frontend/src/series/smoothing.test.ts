import { expect, test } from 'vitest';
import { smoothValues } from './smoothing.ts';

const steps = (count: number, each = 1) => Float64Array.from({ length: count }, (_, step) => step * each);

test('each value is its share of itself and of the average before, as if there had always been one', () => {
  const smoothed = smoothValues(steps(3), Float64Array.of(1, 2, 4), 0.5, 3);
  expect([...smoothed]).toEqual([1, (0.25 + 1) / 0.75, (0.125 + 0.5 + 2) / 0.875]);
});

test('a curve that does not change stays where it is, from its first point on', () => {
  expect([...smoothValues(steps(50), new Float64Array(50).fill(7), 0.97, 50)]).toSatisfy((values: number[]) =>
    values.every((value) => Math.abs(value - 7) < 1e-12),
  );
});

test('without smoothing the values are the same', () => {
  const values = Float64Array.of(1, 2);
  expect(smoothValues(steps(2), values, 0, 2)).toBe(values);
});

test('a gap stays a gap and changes nothing after it', () => {
  const [first, gap, after] = smoothValues(steps(3), Float64Array.of(1, Number.NaN, 2), 0.5, 3);
  expect([first, after]).toEqual([...smoothValues(steps(2), Float64Array.of(1, 2), 0.5, 2)]);
  expect(gap).toBeNaN();
});

test('of a thinned out curve each point stands for those left out', () => {
  const all = Float64Array.from({ length: 1001 }, (_, step) => (step < 500 ? 0 : 1));
  const whole = smoothValues(steps(1001), all, 0.99, 1001);
  const few = smoothValues(
    steps(101, 10),
    all.filter((_, step) => step % 10 === 0),
    0.99,
    1001,
  );
  for (const place of [49, 55, 70, 100]) {
    expect(Math.abs((few[place] ?? 0) - (whole[place * 10] ?? 0))).toBeLessThan(0.08);
  }
  // Taken for all there are, they would be smoothed ten times as much.
  const taken = smoothValues(
    steps(101, 10),
    all.filter((_, step) => step % 10 === 0),
    0.99,
    101,
  );
  expect(taken[70]).toBeLessThan((whole[700] ?? 0) - 0.3);
});
