import { describe, expect, it } from 'vitest';
import type { Range } from '../scales/axes.ts';
import { randomNumbers } from '../testing/generatedTable.ts';
import { columnAxis, timeAxis } from './runAxis.ts';
import { heightExtent, lonePoints, seenPoints } from './seenPoints.ts';

const NONE = Number.NaN;

/** One run an hour. */
function hourly(runs: number) {
  return timeAxis(Float64Array.from({ length: runs }, (_, i) => i * 3_600_000));
}

const seen = (values: (number | null)[], range?: Range, width = 300) => {
  const axis = hourly(values.length);
  const heights = Float64Array.from(values, (value) => value ?? NONE);
  return { axis, ...seenPoints(axis, heights, range ?? axis.full ?? [0, 1], width, 200) };
};

describe('what is seen of runs one after the other', () => {
  it('keeps gaps as breaks', () => {
    expect(seen([1, null, 3]).points.map(({ height }) => height)).toEqual([1, null, 3]);
  });

  it('has one point beyond each end, so that lines run on to the edge', () => {
    const { points } = seen([0, 1, 2, 3, 4, 5], [1.5 * 3_600_000, 3.5 * 3_600_000]);
    expect(points.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
  });

  it('is few points of a hundred thousand runs, and neither the extremes nor a long gap are lost', () => {
    const random = randomNumbers(3);
    const values: (number | null)[] = Array.from({ length: 100_000 }, () => random());
    values[12_345] = 99;
    values[87_654] = -99;
    values.fill(null, 40_000, 60_000);
    const { points, trend, axis } = seen(values);
    expect(points.length).toBeLessThanOrEqual(4 * 302);
    expect(heightExtent(points, axis.full ?? [0, 0])).toEqual([-99, 99]);
    const within = points.filter(({ row }) => row >= 40_500 && row < 59_500);
    expect(within.length).toBeGreaterThan(0);
    expect(within.every(({ height }) => height === null)).toBe(true);
    const course = (trend ?? []).filter(({ row }) => row < 39_000).map(({ height }) => height ?? NONE);
    expect(course.length).toBeGreaterThan(10);
    for (const middle of course) expect(middle).toBeGreaterThan(0.3);
    for (const middle of course) expect(middle).toBeLessThan(0.7);
  });

  it('is every point again once few are in view', () => {
    const { points, trend } = seen(
      Array.from({ length: 10_000 }, (_, i) => i),
      [5000 * 3_600_000, 5100 * 3_600_000],
    );
    expect(points).toHaveLength(103);
    expect(trend).toBeUndefined();
  });

  it('has points that no line reaches', () => {
    const { points } = seen([1, null, 3, null, 5, 6]);
    expect(lonePoints(points).map(({ height }) => height)).toEqual([1, 3]);
  });
});

describe('what is seen of runs by a parameter', () => {
  const values = Float64Array.from({ length: 100_000 }, (_, i) => i % 5);
  const axis = columnAxis('depth', { kind: 'number', values });
  const random = randomNumbers(5);
  const heights = values.map((depth) => depth + random());
  heights[777] = 50;

  it('is a point where any run stands, with the extremes, and the median of each value', () => {
    const { points, trend } = seenPoints(axis, heights, axis.full ?? [0, 1], 300, 200);
    expect(points.length).toBeLessThan(5 * 110);
    expect(heightExtent(points, axis.full ?? [0, 1])?.[1]).toBe(50);
    expect(trend?.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4]);
    for (const { place, height } of trend ?? []) expect(height).toBeCloseTo(place + 0.5, 1);
  });

  it('has no line where each run has a value of its own', () => {
    const own = columnAxis('rate', { kind: 'number', values: heights.subarray(0, 1000) });
    expect(seenPoints(own, values, own.full ?? [0, 1], 300, 200).trend).toBeUndefined();
  });
});
