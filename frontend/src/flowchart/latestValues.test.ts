import { expect, it } from 'vitest';
import { latestTwo } from './latestValues.ts';

it('finds the newest two values by time, over gaps', () => {
  const values = Float64Array.of(1, Number.NaN, 3, 4);
  expect(latestTwo(values, Uint32Array.of(3, 0, 2, 1))).toEqual({ latest: 2, previous: 0 });
});

it('finds less where there is less', () => {
  expect(latestTwo(Float64Array.of(Number.NaN, 5), Uint32Array.of(0, 1))).toEqual({
    latest: 1,
    previous: undefined,
  });
  expect(latestTwo(Float64Array.of(), Uint32Array.of())).toEqual({ latest: undefined, previous: undefined });
});
