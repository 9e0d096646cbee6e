import { describe, expect, it } from 'vitest';
import { randomNumbers, tableOf } from '../testing/generatedTable.ts';
import { brushOf, dragTo, passing, spansOf, startDrag, toggleLabel } from './brushes.ts';
import { mixedRows } from './lineOrder.ts';
import {
  drawingWidth,
  layOutAxes,
  NARROWEST_GAP,
  nearestLine,
  type ParallelAxis,
  SIDE,
  shareAt,
  yOf,
} from './parallelAxes.ts';

const HEIGHT = 100;

type Columns = Parameters<typeof tableOf>[0];

function axesOf(columns: Columns, options: { names?: string[]; width?: number; log?: boolean } = {}) {
  const { names = Object.keys(columns), width = 600, log = false } = options;
  return layOutAxes(tableOf(columns), names, { width, height: HEIGHT, log });
}

function first(axes: readonly ParallelAxis[]): ParallelAxis {
  const [axis] = axes;
  if (axis === undefined) throw new Error('There is no axis.');
  return axis;
}

describe('axes', () => {
  it('have scales of their own and room for their names', () => {
    const axes = axesOf({
      'metrics.m.r2': [0.1, 0.9],
      'params.rows': [1000, 5000],
      'params.model': ['b', 'a'],
    });
    expect(axes.map(({ x }) => x)).toEqual([SIDE, 300, 600 - SIDE]);
    for (const { shares } of axes) {
      for (const share of shares) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
    expect(axes.map(({ label, group }) => [group, label])).toEqual([
      ['m', 'r2'],
      ['', 'rows'],
      ['', 'model'],
    ]);
  });

  it('grow wider than the window before names overlap', () => {
    const count = 30;
    const columns = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`metrics.m.metric_${i}`, [1, 2]]),
    );
    const axes = axesOf(columns, { width: drawingWidth(count, 800) });
    const gaps = axes.slice(1).map(({ x }, i) => x - (axes[i]?.x ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(NARROWEST_GAP - 1e-9);
  });

  it('are left out without any value that can be drawn', () => {
    const axes = axesOf({ 'metrics.m.a': [1, 2], 'metrics.m.b': [null, Number.POSITIVE_INFINITY] });
    expect(axes.map(({ name }) => name)).toEqual(['metrics.m.a']);
  });

  it('turn over, and say where a place of theirs is all the same', () => {
    const [plain, flipped] = axesOf({ 'metrics.m.a': [0, 10] }, { names: ['metrics.m.a', '-metrics.m.a'] });
    if (plain === undefined || flipped === undefined) throw new Error('There are no axes.');
    expect(yOf(plain, plain.shares[1] ?? 0, HEIGHT)).toBe(0);
    expect(yOf(flipped, flipped.shares[1] ?? 0, HEIGHT)).toBe(HEIGHT);
    expect(shareAt(flipped, yOf(flipped, 0.3, HEIGHT), HEIGHT)).toBeCloseTo(0.3);
  });

  it('are logarithmic where all values are above zero', () => {
    const axes = axesOf({ 'params.rate': [0.001, 0.1, 10], 'params.shift': [-1, 0, 1] }, { log: true });
    expect(axes.map((axis) => axis.kind === 'number' && axis.log)).toEqual([true, false]);
    expect(first(axes).shares[1]).toBeCloseTo(0.5);
  });

  it('of words stand in the order that people expect, with a place for each', () => {
    const axis = first(axesOf({ 'params.model': ['run10', 'run9', null, 'run10'] }));
    expect(axis.kind === 'category' && axis.labels).toEqual(['run9', 'run10']);
    expect([...axis.shares]).toEqual([0.75, 0.25, Number.NaN, 0.75]);
  });

  it('name no more of their words than there is room for', () => {
    const words = Array.from({ length: 500 }, (_, i) => `word ${i}`);
    expect(first(axesOf({ 'params.word': words })).ticks.length).toBeLessThanOrEqual(7);
  });
});

describe('brushes', () => {
  const columns = {
    'metrics.m.a': [1, 2, 3, null],
    'metrics.m.b': [9, 5, 1, 9],
    'params.model': ['tree', 'ridge', 'tree', 'lasso'],
  };
  const pass = (brushes: [string, Parameters<typeof spansOf>[1]][]) => [
    ...passing(axesOf(columns), new Map(brushes), 4),
  ];

  it('let pass the runs that are within every one of them', () => {
    expect(pass([])).toEqual([1, 1, 1, 1]);
    expect(pass([['metrics.m.a', { kind: 'range', low: 2, high: Number.POSITIVE_INFINITY }]])).toEqual([
      0, 1, 1, 0,
    ]);
    expect(
      pass([
        ['metrics.m.a', { kind: 'range', low: 2, high: 9 }],
        ['params.model', { kind: 'labels', labels: ['tree'] }],
      ]),
    ).toEqual([0, 0, 1, 0]);
  });

  it('leave out an end that is open', () => {
    expect(pass([['metrics.m.a', { kind: 'range', low: 1, high: 3, lowOpen: true }]])).toEqual([0, 1, 1, 0]);
    expect(pass([['metrics.m.a', { kind: 'range', low: 1, high: 3, highOpen: true }]])).toEqual([1, 1, 0, 0]);
  });

  it('have no limit at the end of an axis, and round ones elsewhere', () => {
    const axis = first(axesOf({ 'metrics.m.a': [0, 1] }));
    expect(brushOf(axis, [0.123456, 1])).toEqual({
      kind: 'range',
      low: 0.123,
      high: Number.POSITIVE_INFINITY,
    });
    expect(brushOf(axis, [0, 1])).toBeUndefined();
    const large = first(axesOf({ 'metrics.m.a': [1_000_000, 1_000_100] }));
    expect(brushOf(large, [0.5, 1])).toMatchObject({ low: 1_000_050 });
  });

  it('take labels in between, and single ones from the list', () => {
    const axis = first(axesOf({ 'params.model': ['a', 'b', 'c', 'd'] }));
    expect(brushOf(axis, [0.3, 0.7])).toEqual({ kind: 'labels', labels: ['b', 'c'].slice(0, 2) });
    expect(brushOf(axis, [0.45, 0.46])).toEqual({ kind: 'labels', labels: ['b'] });
    expect(spansOf(axis, { kind: 'labels', labels: ['a', 'c', 'd'] })).toEqual([
      [0, 0.25],
      [0.5, 1],
    ]);
    if (axis.kind !== 'category') throw new Error('It is no axis of words.');
    expect(toggleLabel(axis, undefined, 'b')).toEqual({ kind: 'labels', labels: ['a', 'c', 'd'] });
    expect(toggleLabel(axis, { kind: 'labels', labels: ['a', 'c', 'd'] }, 'b')).toBeUndefined();
  });

  it('are drawn, moved within the axis, and taken by their ends', () => {
    const axis = first(axesOf({ 'metrics.m.a': [0, 1] }));
    const brush = { kind: 'range', low: 0.4, high: 0.6 } as const;
    expect(dragTo(startDrag(axis, undefined, 0.7, 0.05), 0.2)).toEqual([0.2, 0.7]);
    expect(dragTo(startDrag(axis, brush, 0.5, 0.05), 0.8)).toEqual([
      expect.closeTo(0.7),
      expect.closeTo(0.9),
    ]);
    expect(dragTo(startDrag(axis, brush, 0.5, 0.05), 5)).toEqual([expect.closeTo(0.8), 1]);
    expect(dragTo(startDrag(axis, brush, 0.41, 0.05), 0.9)).toEqual([0.6, 0.9]);
    expect(dragTo(startDrag(axis, brush, 0.61, 0.05), 0.9)).toEqual([0.4, 0.9]);
    expect(startDrag(axis, brush, 0.9, 0.05).kind).toBe('new');
  });
});

describe('the line under the pointer', () => {
  const axes = axesOf({ 'metrics.m.a': [0, 10, null], 'metrics.m.b': [0, 10, 5] });
  const all = new Uint8Array(3).fill(1);

  it('is the nearest one that passes', () => {
    expect(nearestLine(axes, all, { x: 300, y: 95 }, HEIGHT, 14)).toBe(0);
    expect(nearestLine(axes, Uint8Array.of(0, 1, 1), { x: 300, y: 95 }, HEIGHT, 14)).toBeUndefined();
  });

  it('ends beside a gap', () => {
    expect(nearestLine(axes, all, { x: 535, y: 50 }, HEIGHT, 14)).toBe(2);
    expect(nearestLine(axes, all, { x: 300, y: 50 }, HEIGHT, 14)).toBeUndefined();
  });
});

it('passes the runs of ten thousand that a brush is to pass', () => {
  const random = randomNumbers(7);
  const columns = Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [`metrics.m.${i}`, Array.from({ length: 10_000 }, random)]),
  );
  const axes = axesOf(columns);
  const brushes = new Map([['metrics.m.3', { kind: 'range', low: 0.25, high: 0.75 } as const]]);
  const passed = passing(axes, brushes, 10_000).reduce((sum, one) => sum + one, 0);
  expect(passed).toBeGreaterThan(4000);
  expect(passed).toBeLessThan(6000);
});

it('draws rows in an order of which each part is a fair sample', () => {
  const rows = mixedRows(1000);
  expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  const early = rows.subarray(0, 100).filter((row) => row < 500).length;
  expect(early).toBeGreaterThan(30);
  expect(early).toBeLessThan(70);
});
