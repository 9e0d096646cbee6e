import { describe, expect, it, test } from 'vitest';
import { PointGrid } from '../points/PointGrid.ts';
import { columnScale } from '../scales/columnScale.ts';
import { randomNumbers, tableOf } from '../testing/generatedTable.ts';
import { paretoFront } from './pareto.ts';
import { trendOf } from './trend.ts';

const NONE = Number.NaN;

describe('the Pareto front', () => {
  const x = Float64Array.of(1, 2, 3, 4, NONE, 2, 3);
  const y = Float64Array.of(4, 3, 1, 2, 9, 3, 1);

  test.each([
    ['higher x, higher y', 'HIGHER', 'HIGHER', [0, 1, 3]],
    ['lower x, lower y', 'LOWER', 'LOWER', [0, 1, 2]],
    ['lower x, higher y', 'LOWER', 'HIGHER', [0]],
    ['higher x, lower y', 'HIGHER', 'LOWER', [2, 3]],
  ] as const)('with %s better', (_, betterX, betterY, front) => {
    expect(paretoFront(x, y, betterX, betterY)).toEqual(front);
  });

  it('is empty where it is not known what is better', () => {
    expect(paretoFront(x, y, null, 'LOWER')).toEqual([]);
  });

  it('has all rows that no other row beats, and no other', () => {
    const random = randomNumbers(7);
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: 300 }, () => Math.round(random() * 40)));
    if (a === undefined || b === undefined) throw new Error('unreachable');
    const beats = (one: number, other: number): boolean =>
      (a[one] ?? 0) >= (a[other] ?? 0) &&
      (b[one] ?? 0) <= (b[other] ?? 0) &&
      ((a[one] ?? 0) > (a[other] ?? 0) || (b[one] ?? 0) < (b[other] ?? 0));
    const rows = [...a.keys()];
    const unbeaten = rows.filter((row) => !rows.some((other) => beats(other, row)));
    const places = (of: number[]) => [...new Set(of.map((row) => `${a[row]} ${b[row]}`))].sort();
    expect(places(paretoFront(a, b, 'HIGHER', 'LOWER'))).toEqual(places(unbeaten));
  });
});

describe('the trend', () => {
  it('is the line that points lie on', () => {
    const trend = trendOf(Float64Array.of(0, 1, NONE, 2), Float64Array.of(1, 3, 7, 5));
    expect(trend).toMatchObject({ correlation: 1, count: 3 });
    expect(trend?.slope).toBeCloseTo(2);
    expect(trend?.offset).toBeCloseTo(1);
  });

  it('keeps its digits far from zero', () => {
    const start = 1.7e12;
    const trend = trendOf(
      Float64Array.from({ length: 50 }, (_, i) => start + i),
      Float64Array.from({ length: 50 }, (_, i) => -i),
    );
    expect(trend?.slope).toBeCloseTo(-1, 6);
    expect(trend?.correlation).toBeCloseTo(-1, 6);
  });

  it('is none of few points, or of one x', () => {
    expect(trendOf(Float64Array.of(0, 1), Float64Array.of(0, 1))).toBeUndefined();
    expect(trendOf(Float64Array.of(1, 1, 1), Float64Array.of(0, 1, 2))).toBeUndefined();
    expect(trendOf(Float64Array.of(1, 2, 3), Float64Array.of(5, 5, 5))?.correlation).toBe(0);
  });
});

describe('points on a grid', () => {
  const grid = new PointGrid(Float32Array.of(10, 20, 200, NONE, 20), Float32Array.of(10, 10, 100, 5, 10));

  it('are found where they are nearest, the uppermost first', () => {
    expect(grid.nearest(12, 11, 14)).toBe(0);
    expect(grid.nearest(21, 12, 14)).toBe(4);
    expect(grid.nearest(100, 100, 14)).toBeUndefined();
  });

  it('are found within a drawn line', () => {
    expect(
      grid.within([
        [0, 0],
        [30, 0],
        [30, 30],
        [0, 30],
      ]),
    ).toEqual([0, 1, 4]);
    expect(
      grid.within([
        [15, 0],
        [300, 0],
        [300, 300],
        [15, 300],
      ]),
    ).toEqual([1, 2, 4]);
  });
});

describe('a column along an axis', () => {
  const table = tableOf({
    'metrics.a.loss': [0.001, 0, 10, null],
    'params.kind': ['x', 'y', 'y', null],
    'metrics.a.none': [null, null, null, null],
  });
  const column = (name: string) => {
    const found = table.columns.get(name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  it('has powers of ten on a logarithmic one, and tells what it cannot place', () => {
    const scale = columnScale(column('metrics.a.loss'), true, 5);
    expect([...(scale?.places ?? [])]).toEqual([-3, NONE, 1, NONE]);
    expect(scale).toMatchObject({ low: -3, high: 1, hidden: 1, title: 'loss of a' });
  });

  it('has its categories by how many runs have them', () => {
    const scale = columnScale(column('params.kind'), true, 5);
    expect(scale?.labels).toEqual(['y', 'x']);
    expect([...(scale?.places ?? [])]).toEqual([1, 0, 0, NONE]);
  });

  it('is none without values', () => {
    expect(columnScale(column('metrics.a.none'), false, 5)).toBeUndefined();
  });
});
