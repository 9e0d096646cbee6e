import { describe, expect, it } from 'vitest';
import type { CurvePoints } from './curve.ts';
import { placeCurve } from './drawnCurve.ts';
import { seenSteps, withFiner } from './finerPoints.ts';

const points = (steps: number[], times?: number[]): CurvePoints => ({
  steps: Float64Array.from(steps),
  values: Float64Array.from(steps, (step) => -step),
  times: times && Float64Array.from(times),
});

describe('points of what is zoomed into', () => {
  it('take the place of those that were there', () => {
    const whole = withFiner(points([0, 10, 20, 30]), points([8, 9, 10, 11, 20]));
    expect([...whole.steps]).toEqual([0, 8, 9, 10, 11, 20, 30]);
    expect([...whole.values]).toEqual([-0, -8, -9, -10, -11, -20, -30]);
  });

  it('may be the first or the last of all, or none', () => {
    expect([...withFiner(points([0, 10]), points([0, 1, 2])).steps]).toEqual([0, 1, 2, 10]);
    expect([...withFiner(points([0, 10]), points([9, 10])).steps]).toEqual([0, 9, 10]);
    expect([...withFiner(points([0, 1]), points([5, 6])).steps]).toEqual([0, 1, 5, 6]);
    const coarse = points([0, 1]);
    expect(withFiner(coarse, points([]))).toBe(coarse);
    expect(withFiner(coarse, undefined)).toBe(coarse);
  });

  it('are those of the steps seen, also where time is the axis', () => {
    const curve = points([0, 10, 20, 30, 40], [1000, 2000, 3000, 4000, 5000]);
    expect(seenSteps([placeCurve(curve, 'time', 1000)], [curve.steps], [1.5, 2.5])).toEqual([10, 30]);
    expect(seenSteps([placeCurve(curve, 'step', 0)], [curve.steps], [12, 18])).toEqual([10, 20]);
    expect(seenSteps([placeCurve(curve, 'step', 0)], [curve.steps], [41, 50])).toBeUndefined();
  });
});
