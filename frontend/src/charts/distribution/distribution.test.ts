import { describe, expect, it } from 'vitest';
import { tableOf } from '../testing/generatedTable.ts';
import { binOf, chooseBins, countBins } from './bins.ts';
import { groupRuns, MOST_GROUPS } from './groups.ts';
import { quantile, summarise } from './quantiles.ts';

describe('quantiles', () => {
  it('lie between two numbers where they fall there', () => {
    const sorted = Float64Array.of(1, 2, 3, 10);
    expect([0, 0.25, 0.5, 1].map((share) => quantile(sorted, share))).toEqual([1, 1.75, 2.5, 10]);
    expect(quantile(Float64Array.of(), 0.5)).toBeNaN();
  });

  it('make a box whose lines end at the last values that are no outliers', () => {
    expect(summarise(Float64Array.of(5, 1, 2, 3, 4, 100))).toEqual({
      ...{ count: 6, min: 1, lower: 2.25, median: 3.5, upper: 4.75, max: 100, lowest: 1, highest: 5 },
      mean: expect.closeTo(115 / 6),
    });
    expect(summarise(Float64Array.of(7))).toMatchObject({ lower: 7, median: 7, highest: 7 });
    expect(summarise(Float64Array.of())).toBeUndefined();
  });

  it('have no line that goes into the box', () => {
    // The quartile of these four lies between the outlier and the others.
    const box = summarise(Float64Array.of(0, 9, 10, 10));
    expect(box).toMatchObject({ lower: 6.75, lowest: 6.75, highest: 10 });
  });
});

describe('bins', () => {
  const spread = Float64Array.from({ length: 400 }, (_, i) => ((i * 7919) % 400) / 400);

  it('are round, cover all numbers, and are as many as suit them', () => {
    const bins = chooseBins(spread, undefined, false);
    expect(bins?.low).toBe(0);
    expect([0.05, 0.1, 0.2]).toContain(bins?.width);
    expect((bins?.low ?? 0) + (bins?.width ?? 0) * (bins?.count ?? 0)).toBeCloseTo(1);
  });

  it('are as many as somebody wants', () => {
    expect(chooseBins(spread, 7, false)).toMatchObject({ low: 0, count: 7 });
  });

  it('are one for each of few whole numbers', () => {
    expect(chooseBins(Float64Array.of(3, 5, 4, 4), undefined, true)).toEqual({
      low: 2.5,
      width: 1,
      count: 3,
    });
    expect(chooseBins(Float64Array.of(3, 3), undefined, true)).toEqual({ low: 2.5, width: 1, count: 1 });
    expect(chooseBins(Float64Array.of(), undefined, true)).toBeUndefined();
  });

  it('stay few whatever the outliers', () => {
    const far = Float64Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1e9 : i / 1000));
    expect(chooseBins(far, undefined, false)?.count).toBeLessThanOrEqual(90);
  });

  it('have every number in one of them, the greatest in the last', () => {
    const bins = { low: 0, width: 0.1, count: 3 };
    expect([0, 0.1, 0.2, 0.3].map((value) => binOf(bins, value))).toEqual([0, 1, 2, 2]);
    const groups = Int32Array.of(0, 1, 0, -1, 1);
    const counts = countBins(bins, Float64Array.of(0, 0.1, 0.05, 0.1, Number.NaN), groups, 2);
    expect(counts.map((each) => [...each])).toEqual([
      [2, 0, 0],
      [0, 1, 0],
    ]);
  });
});

describe('groups of runs', () => {
  const column = (values: (number | string | null)[]) => {
    const found = tableOf({ 'params.p': values }).columns.get('params.p');
    if (found === undefined) throw new Error('unreachable');
    return found;
  };

  it('are by value, the largest first', () => {
    const { groups, labels } = groupRuns(column(['x', 'y', 'y', null]), false);
    expect(labels).toEqual(['y', 'x']);
    expect([...groups]).toEqual([1, 0, 0, -1]);
  });

  it('of very many values are the largest ones and the others', () => {
    const values = Array.from({ length: 40 }, (_, i) => `v${i}`);
    const { groups, labels } = groupRuns(column([...values, 'v3']), false);
    expect(labels).toHaveLength(MOST_GROUPS);
    expect([labels[0], labels.at(-1)]).toEqual(['v3', '29 other values']);
    expect(groups.filter((group) => group === MOST_GROUPS - 1)).toHaveLength(29);
  });

  it('of few numbers are each of them, in their order', () => {
    const { groups, labels } = groupRuns(column([0.3, 0.1, null, 0.1]), false);
    expect(labels).toEqual(['0.1', '0.3']);
    expect([...groups]).toEqual([1, 0, -1, 0]);
  });

  it('of many numbers are their quarters', () => {
    const { groups, labels } = groupRuns(column(Array.from({ length: 100 }, (_, i) => i)), false);
    expect(labels).toHaveLength(4);
    expect([0, 1, 2, 3].map((each) => groups.filter((group) => group === each).length)).toEqual([
      25, 25, 25, 25,
    ]);
    expect([groups[0], groups[99]]).toEqual([0, 3]);
  });
});
