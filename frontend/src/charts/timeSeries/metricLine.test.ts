import { describe, expect, it } from 'vitest';
import { toRows } from '../frame/chartTable.ts';
import { tableOf } from '../testing/generatedTable.ts';
import { heightAxis } from './heightAxis.ts';
import { bestSoFar, metricLine } from './metricLine.ts';
import { nearestRun, nextRun } from './nearestRun.ts';
import { orderAxis } from './runAxis.ts';
import { seenPoints } from './seenPoints.ts';
import { seriesTable } from './seriesTable.ts';

const NONE = Number.NaN;

describe('a metric', () => {
  it('tells what a logarithmic scale has no place for', () => {
    const line = metricLine('m.loss', Float64Array.of(100, 0, -3, NONE, 0.01), 'log');
    expect(line.hidden).toBe(2);
    expect([...line.heights]).toEqual([2, NONE, NONE, NONE, -2]);
  });

  it('does not draw what is infinite', () => {
    const values = Float64Array.of(1, Number.POSITIVE_INFINITY, 3);
    expect([...metricLine('m.a', values, 'values').heights]).toEqual([1, NONE, 3]);
    expect([...metricLine('m.a', values, 'log').heights]).toEqual([0, NONE, Math.log10(3)]);
    expect([...metricLine('m.a', values, 'ranges').heights]).toEqual([0, NONE, 1]);
  });

  it('lies between its lowest and its highest, or in the middle where they are one', () => {
    expect([...metricLine('m.a', Float64Array.of(10, 20, 15), 'ranges').heights]).toEqual([0, 1, 0.5]);
    expect([...metricLine('m.a', Float64Array.of(7, 7), 'ranges').heights]).toEqual([0.5, 0.5]);
  });

  it('has an axis of what is seen, and none where there is nothing', () => {
    const axis = orderAxis(4);
    const draw = (values: number[], heights: 'values' | 'log') => {
      const line = metricLine('m.a', Float64Array.from(values), heights);
      const seen = seenPoints(axis, line.heights, axis.full ?? [0, 1], 300, 200);
      return heightAxis([line], [seen], axis.full ?? [0, 1], heights, 4);
    };
    expect(draw([1, 2, 3, 4], 'values')).toMatchObject({ low: 1, high: 4 });
    expect(draw([0.001, 1, 1000, 1000], 'log')?.ticks.map(({ label }) => label)).toContain('100');
    expect(draw([0, -1, -2, NONE], 'log')).toBeUndefined();
  });
});

describe('the best so far', () => {
  const axis = orderAxis(6);
  const heights = Float64Array.of(3, NONE, 2, 5, 4, 5);

  it('is each value that is better than all before it', () => {
    expect(bestSoFar(axis, heights, 'higher').map(({ row }) => row)).toEqual([0, 3]);
    expect(bestSoFar(axis, heights, 'lower').map(({ row }) => row)).toEqual([0, 2]);
    expect(bestSoFar(axis, new Float64Array(6).fill(NONE), 'lower')).toEqual([]);
  });
});

describe('the run at the pointer', () => {
  const axis = orderAxis(4);
  const placing = {
    toX: (place: number) => place * 100,
    toY: (height: number) => 100 - height * 10,
    atX: (x: number) => x / 100,
  };
  const find = (lines: number[][], x: number, y: number) =>
    nearestRun(
      axis,
      lines.map((values) => Float64Array.from(values)),
      [1, 4],
      { x, y },
      placing,
      40,
    );

  it('is the nearest along the axis', () => {
    expect(find([[1, NONE, 3, 4]], 310, 0)).toEqual({ row: 2, line: 0 });
  });

  it('is none without a value, and none that is far', () => {
    expect(find([[1, NONE, 3, 4]], 230, 0)).toBeUndefined();
    expect(find([[1, NONE, 3, 4]], 270, 0)).toEqual({ row: 2, line: 0 });
  });

  it('is on the line that is nearest to the pointer', () => {
    const lines = [
      [1, 1, 1, 1],
      [9, 9, 9, 9],
    ];
    expect(find(lines, 200, 12)).toEqual({ row: 1, line: 1 });
    expect(find(lines, 200, 88)).toEqual({ row: 1, line: 0 });
  });

  it('is gone through by keyboard, over gaps and within what is zoomed', () => {
    const lines = [Float64Array.of(1, NONE, 3, 4)];
    expect(nextRun('ArrowRight', axis, lines, [1, 4], undefined)?.row).toBe(0);
    expect(nextRun('ArrowRight', axis, lines, [1, 4], 0)?.row).toBe(2);
    expect(nextRun('ArrowRight', axis, lines, [1, 4], 3)).toBeUndefined();
    expect(nextRun('ArrowLeft', axis, lines, [1, 4], undefined)?.row).toBe(3);
    expect(nextRun('End', axis, lines, [1, 3.5], 0)?.row).toBe(2);
    expect(nextRun('x', axis, lines, [1, 4], 0)).toBeUndefined();
  });
});

it('stands in a table with exact values, the last run first, as far as it is zoomed', () => {
  const table = tableOf({ 'metrics.m.a': [0.123456, null, 3, 4] });
  const axis = orderAxis(4);
  const column = table.columns.get('metrics.m.a');
  if (column?.kind !== 'number') throw new Error('The table has no such column.');
  const line = { ...metricLine('m.a', column.values, 'values'), name: 'a' };
  expect(toRows(seriesTable(table, axis, [line], [1, 3], () => {}))).toEqual([
    ['Run', 'Id', 'Started', 'm.a'],
    ['RUN-2', 'run-2', '1970-01-01T02:00:00.000Z', 3],
    ['RUN-1', 'run-1', '1970-01-01T01:00:00.000Z', null],
    ['RUN-0', 'run-0', '1970-01-01T00:00:00.000Z', 0.123456],
  ]);
});
