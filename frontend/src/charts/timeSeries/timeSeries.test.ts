import { describe, expect, it } from 'vitest';
import { toMetricTable } from '../metricTable.ts';
import { randomNumbers, seriesOf, tableOf } from '../testing/generatedTable.ts';
import {
  fullRange,
  lonePoints,
  nearestRow,
  rowsByTime,
  type TimeRange,
  valueExtent,
  visiblePoints,
  zoomAround,
  zoomBetween,
} from './timeSeries.ts';

const HOUR = 3_600_000;

function wholeRange(table: ReturnType<typeof tableOf>): TimeRange {
  const range = fullRange(table, rowsByTime(table));
  if (range === undefined) throw new Error('The table has no run with a time.');
  return range;
}

describe('rowsByTime', () => {
  it('sorts runs by their start and leaves out those without one', () => {
    const table = toMetricTable({
      runIds: ['a', 'b', 'c', 'd'],
      titles: [],
      startedAt: [30, null, 10, 20],
      columns: [],
    });
    expect([...rowsByTime(table)]).toEqual([2, 3, 0]);
  });
});

describe('fullRange', () => {
  it('gives a single run a day, and no run nothing', () => {
    const one = tableOf({ 'm.a': [1] });
    const [from, to] = wholeRange(one);
    expect(to - from).toBe(24 * HOUR);
    const none = tableOf({ 'm.a': [] });
    expect(fullRange(none, rowsByTime(none))).toBeUndefined();
  });
});

describe('visiblePoints', () => {
  it('keeps gaps as breaks', () => {
    const table = tableOf({ 'm.a': [1, null, 3] });
    const { points } = visiblePoints(
      table,
      rowsByTime(table),
      seriesOf(table).values,
      wholeRange(table),
      300,
    );
    expect(points.map(({ value }) => value)).toEqual([1, null, 3]);
  });

  it('takes one point beyond each end, so that lines run on to the edge', () => {
    const table = tableOf({ 'm.a': [0, 1, 2, 3, 4, 5] });
    const range: TimeRange = [1.5 * HOUR, 3.5 * HOUR];
    const { points } = visiblePoints(table, rowsByTime(table), seriesOf(table).values, range, 300);
    expect(points.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
  });

  it('draws ten thousand runs with few points, and loses neither the extremes nor a long gap', () => {
    const random = randomNumbers(3);
    const values: (number | null)[] = Array.from({ length: 10_000 }, () => random());
    values[1234] = 99;
    values[8765] = -99;
    values.fill(null, 4000, 6000);
    const table = tableOf({ 'm.a': values });
    const range = wholeRange(table);
    const { points, trend } = visiblePoints(table, rowsByTime(table), seriesOf(table).values, range, 300);
    expect(points.length).toBeLessThanOrEqual(4 * 302);
    expect(valueExtent(points, range)).toEqual([-99, 99]);
    expect(points.some(({ value, row }) => value === null && row >= 4000 && row < 6000)).toBe(true);
    expect(points.some(({ value, row }) => value !== null && row >= 4000 && row < 6000)).toBe(false);
    const course = (trend ?? []).filter(({ row }) => row < 3900).map(({ value }) => value ?? Number.NaN);
    expect(course.length).toBeGreaterThan(10);
    for (const middle of course) expect(middle).toBeGreaterThan(0.2);
    for (const middle of course) expect(middle).toBeLessThan(0.8);
  });

  it('shows every point again once few are in view', () => {
    const table = tableOf({ 'm.a': Array.from({ length: 10_000 }, (_, i) => i) });
    const range: TimeRange = [5000 * HOUR, 5100 * HOUR];
    const { points, trend } = visiblePoints(table, rowsByTime(table), seriesOf(table).values, range, 300);
    expect(points).toHaveLength(102);
    expect(trend).toBeUndefined();
  });
});

it('finds points that no line reaches', () => {
  const table = tableOf({ 'm.a': [1, null, 3, null, 5, 6] });
  const { points } = visiblePoints(table, rowsByTime(table), seriesOf(table).values, wholeRange(table), 300);
  expect(lonePoints(points).map(({ value }) => value)).toEqual([1, 3]);
});

describe('nearestRow', () => {
  const table = tableOf({ 'm.a': [1, null, 3, 4] });
  const place = (time: number, value: number) => ({ x: time / HOUR / 0.01, y: 100 - value * 10 });
  const find = (x: number, y: number) =>
    nearestRow(table, rowsByTime(table), seriesOf(table).values, wholeRange(table), { x, y }, place, 40);

  it('takes the run nearest in time', () => {
    expect(find(210, 0)).toBe(2);
  });

  it('passes over a run without a value', () => {
    expect(find(130, 0)).toBeUndefined();
    expect(find(170, 0)).toBe(2);
  });

  it('lets the height decide between runs of the same moment', () => {
    const twins = toMetricTable({
      runIds: ['a', 'b'],
      titles: [],
      startedAt: [0, 0],
      columns: [{ id: 'm.a', dataset: 'm', key: 'a', values: [1, 9] }],
    });
    const range: TimeRange = [-1, 1];
    const at = (y: number) =>
      nearestRow(twins, rowsByTime(twins), seriesOf(twins).values, range, { x: 0, y }, place, 40);
    expect([at(90), at(10)]).toEqual([0, 1]);
  });
});

describe('zoom', () => {
  const full: TimeRange = [0, 100_000];

  it('keeps the moment under the pointer where it is', () => {
    const zoomed = zoomAround(full, full, 25_000, 0.5);
    expect(zoomed).toEqual([12_500, 62_500]);
  });

  it('never leaves the full range, and is the full range again when zoomed out', () => {
    expect(zoomAround([90_000, 100_000], full, 100_000, 2)).toEqual([80_000, 100_000]);
    expect(zoomAround([10_000, 90_000], full, 50_000, 5)).toBeUndefined();
  });

  it('takes a drag in either direction, and none that is too short to mean it', () => {
    expect(zoomBetween(70_000, 20_000, full)).toEqual([20_000, 70_000]);
    expect(zoomBetween(-5_000, 20_000, full)).toEqual([0, 20_000]);
    expect(zoomBetween(20_000, 20_100, full)).toBeUndefined();
  });
});
