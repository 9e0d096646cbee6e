import { expect, it } from 'vitest';
import type { CurveLine } from './curveLine.ts';
import { placeCurve } from './drawnCurve.ts';
import { findPoints } from './foundPoint.ts';

const line = (id: string, steps: number[], values: number[], times?: number[]): CurveLine => ({
  id,
  name: id,
  points: {
    steps: Float64Array.from(steps),
    values: Float64Array.from(values),
    times: times && Float64Array.from(times),
  },
  count: steps.length,
  runStart: 1000,
  colour: 'red',
});
const find = (lines: CurveLine[], at: number, range: readonly [number, number]) =>
  findPoints(
    lines,
    lines.map(({ points, runStart }) => placeCurve(points, 'step', runStart)),
    at,
    range,
  ).map((point) => [point.line.id, point.value, point.say]);

it('finds the point of each line near a place, the nearest line first', () => {
  const lines = [
    line('a', [0, 1000], [1, 2], [1000, 3500]),
    line('b', [0, 985], [3, 4]),
    line('c', [0], [5]),
  ];
  expect(find(lines, 990, [0, 1000])).toEqual([
    ['b', 4, 'step 985'],
    ['a', 2, 'step 1,000 · 2.5 s'],
  ]);
});

it('finds nothing beyond what is seen', () => {
  expect(find([line('a', [0, 105], [1, 2])], 100, [0, 100])).toEqual([]);
});
