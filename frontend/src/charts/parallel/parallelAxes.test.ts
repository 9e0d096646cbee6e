import { describe, expect, it } from 'vitest';
import { randomNumbers, tableOf } from '../testing/generatedTable.ts';
import {
  dragBrush,
  drawingWidth,
  layOutAxes,
  linePieces,
  NARROWEST_GAP,
  nearestLine,
  type ParallelAxis,
  passing,
  placeOnAxis,
  SIDE,
  shortenMiddle,
  startBrush,
} from './parallelAxes.ts';

const HEIGHT = 100;

function axesOf(columns: Parameters<typeof tableOf>[0], width = 600): ParallelAxis[] {
  return layOutAxes(tableOf(columns), width);
}

function first(axes: readonly ParallelAxis[]): ParallelAxis {
  const [axis] = axes;
  if (axis === undefined) throw new Error('There is no axis.');
  return axis;
}

describe('layOutAxes', () => {
  it('gives each metric a scale of its own and room for its name', () => {
    const axes = axesOf({ 'm.r2': [0.1, 0.9], 'm.rows': [1000, 5000], 'm.mae': [10, 20] });
    expect(axes.map(({ x }) => x)).toEqual([SIDE, 300, 600 - SIDE]);
    for (const axis of axes) {
      for (const value of axis.values) {
        expect(placeOnAxis(axis, value, HEIGHT)).toBeGreaterThanOrEqual(0);
        expect(placeOnAxis(axis, value, HEIGHT)).toBeLessThanOrEqual(HEIGHT);
      }
    }
  });

  it('grows wider than the window before names overlap', () => {
    const count = 30;
    const columns = Object.fromEntries(Array.from({ length: count }, (_, i) => [`m.metric_${i}`, [1, 2]]));
    const axes = axesOf(columns, drawingWidth(count, 800));
    const gaps = axes.slice(1).map(({ x }, i) => x - (axes[i]?.x ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(NARROWEST_GAP - 1e-9);
  });

  it('leaves out a metric without any value', () => {
    expect(axesOf({ 'm.a': [1, 2], 'm.b': [null, 'NaN'] }).map(({ metric }) => metric)).toEqual(['m.a']);
  });

  it('places a single axis in the middle', () => {
    expect(first(axesOf({ 'm.a': [1, 2] })).x).toBe(300);
  });
});

describe('brushes', () => {
  it('let pass the runs that are within every brush', () => {
    const axes = axesOf({ 'm.a': [1, 2, 3, 4], 'm.b': [1, 1, 9, 9] });
    const brushes = new Map([
      ['m.a', [2, 4]],
      ['m.b', [5, 10]],
    ] as const);
    expect([...passing(axes, brushes, 4)]).toEqual([0, 0, 1, 1]);
  });

  it('filter out a run without a value on a brushed axis', () => {
    const axes = axesOf({ 'm.a': [1, null, 3] });
    expect([...passing(axes, new Map([['m.a', [0, 10]]]), 3)]).toEqual([1, 0, 1]);
  });

  it('of a metric that is not shown do nothing', () => {
    const axes = axesOf({ 'm.a': [1, 2] });
    expect([...passing(axes, new Map([['m.hidden', [5, 6]]]), 2)]).toEqual([1, 1]);
  });

  it('begin anew, move within the axis and are resized at their ends', () => {
    const axis = first(axesOf({ 'm.a': [0, 100] }));
    const fresh = startBrush(axis, undefined, 80, HEIGHT);
    expect(dragBrush(axis, fresh, 60, HEIGHT).map(Math.round)).toEqual([20, 40]);
    const moved = startBrush(axis, [20, 40], 70, HEIGHT);
    expect(moved.kind).toBe('move');
    expect(dragBrush(axis, moved, 0, HEIGHT).map(Math.round)).toEqual([80, 100]);
    const high = startBrush(axis, [20, 40], 60, HEIGHT);
    expect(dragBrush(axis, high, 10, HEIGHT).map(Math.round)).toEqual([20, 90]);
    const crossed = startBrush(axis, [20, 40], 80, HEIGHT);
    expect(dragBrush(axis, crossed, 50, HEIGHT).map(Math.round)).toEqual([40, 50]);
  });
});

describe('lines', () => {
  it('break at gaps, and keep a value between two gaps', () => {
    const axes = axesOf({ 'm.a': [1, 2], 'm.b': [null, 2], 'm.c': [1, 2], 'm.d': [null, 1], 'm.e': [3, 4] });
    expect(linePieces(axes, 0, HEIGHT).map((piece) => piece.length)).toEqual([1, 1, 1]);
    expect(linePieces(axes, 1, HEIGHT).map((piece) => piece.length)).toEqual([5]);
  });

  it('are found between the axes, the nearest of ten thousand', () => {
    const random = randomNumbers(9);
    const a = Array.from({ length: 10_000 }, () => random());
    const b = Array.from({ length: 10_000 }, () => random());
    [a[77], b[77]] = [2, 2];
    [a[78], b[78]] = [0, 2];
    const axes = axesOf({ 'm.a': a, 'm.b': b });
    const pass = new Uint8Array(10_000).fill(1);
    expect(nearestLine(axes, pass, { x: 300, y: 0 }, HEIGHT, 10)).toBe(77);
    pass[77] = 0;
    expect(nearestLine(axes, pass, { x: 300, y: 0 }, HEIGHT, 10)).toBeUndefined();
  });

  it('end at the axis before a gap', () => {
    const axes = axesOf({ 'm.a': [1, 2], 'm.b': [null, 1] });
    const x = first(axes).x;
    const pass = new Uint8Array([1, 0]);
    expect(nearestLine(axes, pass, { x: x + 4, y: HEIGHT }, HEIGHT, 10)).toBe(0);
    expect(nearestLine(axes, pass, { x: x + 200, y: HEIGHT }, HEIGHT, 10)).toBeUndefined();
  });
});

it('keeps the end of a name that is too long', () => {
  const short = shortenMiddle('share_of_companies_without_a_rating_after_preprocessing', 30);
  expect(short).toHaveLength(30);
  expect(short.startsWith('share')).toBe(true);
  expect(short.endsWith('preprocessing')).toBe(true);
  expect(shortenMiddle('r2_score', 30)).toBe('r2_score');
});
