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

test('a curve that was thinned out is smoothed as if all of it were there, and a lone peak counts once', () => {
  // A curve goes down with some noise and one peak; of each ten points the lowest and the highest are kept.
  const noise = (step: number) => Math.sin(step * 12.9898) * 0.1;
  const all = steps(2000).map((step) => Math.exp(-step / 300) + noise(step) + (step === 777 ? 3 : 0));
  const kept = Array.from({ length: 200 }, (_, stretch) => {
    const places = Array.from({ length: 10 }, (_, place) => stretch * 10 + place);
    const byValue = places.toSorted((one, other) => (all[one] ?? 0) - (all[other] ?? 0));
    return [byValue[0] ?? 0, byValue.at(-1) ?? 0].sort((one, other) => one - other);
  }).flat();
  const whole = smoothValues(steps(2000), all, 0.9, 2000);
  const few = smoothValues(
    Float64Array.from(kept),
    Float64Array.from(kept, (place) => all[place] ?? 0),
    0.9,
    2000,
  );
  const away = kept.map((place, index) => Math.abs((few[index] ?? 0) - (whole[place] ?? 0)));
  expect(Math.max(...away)).toBeLessThan(0.12);
  expect(away.reduce((sum, each) => sum + each, 0) / away.length).toBeLessThan(0.03);
});
