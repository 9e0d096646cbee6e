import { describe, expect, it } from 'vitest';
import type { CurvePoints } from './curve.ts';
import { drawCurves, fullRange, lonePoints, nearestPoint, placeCurve } from './drawnCurve.ts';

const curve = (steps: number[], values: number[], times?: number[]): CurvePoints => ({
  steps: Float64Array.from(steps),
  values: Float64Array.from(values),
  times: times && Float64Array.from(times),
});
const placed = (steps: number[], values: number[]) => placeCurve(curve(steps, values), 'step', 0);

describe('a curve on an axis', () => {
  it('goes by its steps, or by the time since the run began', () => {
    const points = curve([0, 5, 10], [1, 2, 3], [61_000, 63_000, 62_000]);
    expect([...placeCurve(points, 'step', 60_000).at]).toEqual([0, 5, 10]);
    const byTime = placeCurve(points, 'time', 60_000);
    expect([...byTime.at]).toEqual([1, 2, 3]);
    expect([...byTime.values]).toEqual([1, 3, 2]);
    expect([...byTime.index]).toEqual([0, 2, 1]);
  });

  it('begins with its first point where nobody knows when the run did', () => {
    expect([...placeCurve(curve([0, 1], [1, 2], [61_000, 63_000]), 'time', Number.NaN).at]).toEqual([0, 2]);
  });

  it('without times goes by its steps on both', () => {
    expect([...placeCurve(curve([0, 1], [5, 6]), 'time', 60_000).at]).toEqual([0, 1]);
  });

  it('has room around a single point, and no range without any', () => {
    expect(fullRange([placed([3], [1])])).toEqual([2.5, 3.5]);
    expect(fullRange([placed([], [])])).toBeUndefined();
    expect(fullRange([placed([Number.NaN], [1])])).toBeUndefined();
  });
});

/** Draws a single curve. */
function drawCurve(
  one: ReturnType<typeof placed>,
  range: readonly [number, number],
  width: number,
  log: boolean,
) {
  const { lines, ...rest } = drawCurves([one], range, width, log);
  return { points: lines[0] ?? [], ...rest };
}

describe('drawing a curve', () => {
  it('keeps gaps', () => {
    const { points } = drawCurve(placed([0, 1, 2, 3], [1, Number.NaN, 2, 3]), [0, 3], 300, false);
    expect(points.map(([, height]) => height)).toEqual([1, null, 2, 3]);
    expect(lonePoints(points)).toEqual([[0, 1]]);
  });

  it('goes one point beyond what is seen, and is scaled by what is seen', () => {
    const { points, axis } = drawCurve(placed([0, 1, 2, 3, 4], [900, 1, 2, 3, 900]), [1, 3], 300, false);
    expect(points.map(([at]) => at)).toEqual([0, 1, 2, 3, 4]);
    expect(axis?.high).toBeLessThan(10);
  });

  it('on a logarithmic scale leaves out what is not above zero, and counts it', () => {
    const { points, hidden } = drawCurve(placed([0, 1, 2, 3], [100, 0, -1, Number.NaN]), [0, 3], 300, true);
    expect(points.map(([, height]) => height)).toEqual([2, null, null, null]);
    expect(hidden).toBe(2);
  });

  it('has no axis where nothing can be drawn', () => {
    expect(drawCurve(placed([0, 1], [-1, -2]), [0, 1], 300, true).axis).toBeUndefined();
  });

  it('keeps the highest and lowest of many points, at a bounded cost', () => {
    const steps = Array.from({ length: 100_000 }, (_, index) => index);
    const values = steps.map((step) => (step === 54_321 ? 99 : Math.sin(step)));
    const { points } = drawCurve(placed(steps, values), [0, 99_999], 300, false);
    expect(points.length).toBeLessThanOrEqual(4 * 301);
    expect(points).toContainEqual([54_321, 99]);
  });
});

describe('drawing several curves', () => {
  it('gives them one axis of values and one range', () => {
    const curves = [placed([0, 1], [1, 2]), placed([5, 9], [50, 90])];
    expect(fullRange(curves)).toEqual([0, 9]);
    const { lines, axis } = drawCurves(curves, [0, 9], 300, false);
    expect(lines.map((points) => points.length)).toEqual([2, 2]);
    expect(axis).toMatchObject({ low: 0, high: 100 });
  });
});

describe('the point under the pointer', () => {
  const points = placed([0, 10, 20, 30], [1, 2, Number.NaN, 4]);

  it('is the nearest that has a value', () => {
    expect(nearestPoint(points, 4, 100)).toBe(0);
    expect(nearestPoint(points, 6, 100)).toBe(1);
    expect(nearestPoint(points, 19, 100)).toBe(1);
    expect(nearestPoint(points, 21, 100)).toBe(3);
  });

  it('is none where all are too far', () => {
    expect(nearestPoint(points, 500, 20)).toBeUndefined();
    expect(nearestPoint(points, 20, 5)).toBeUndefined();
    expect(nearestPoint(placed([], []), 0, 5)).toBeUndefined();
  });
});
