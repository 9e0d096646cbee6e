import { describe, expect, it } from 'vitest';
import { axisTicks, columnAxis, firstAfter, firstFrom, isSequence, orderAxis, timeAxis } from './runAxis.ts';

const NONE = Number.NaN;

describe('an axis of runs', () => {
  it('by time leaves out runs without a start and sorts the others', () => {
    const axis = timeAxis(Float64Array.of(30, NONE, 10, 20));
    expect([...axis.rows]).toEqual([2, 3, 0]);
    expect(isSequence(axis)).toBe(true);
  });

  it('by time gives a single run a day, and no run nothing', () => {
    const [from, to] = timeAxis(Float64Array.of(0)).full ?? [];
    expect((to ?? 0) - (from ?? 0)).toBe(24 * 3_600_000);
    expect(timeAxis(new Float64Array()).full).toBeUndefined();
  });

  it('by order has them all, the oldest first', () => {
    const axis = orderAxis(3);
    expect([...axis.places]).toEqual([1, 2, 3]);
    expect(axisTicks(axis, axis.full ?? [0, 0], 4).map(({ label }) => label)).toEqual(['1', '2', '3']);
  });

  it('by a parameter keeps runs of the same value in their order', () => {
    const axis = columnAxis('alpha', { kind: 'number', values: Float64Array.of(0.2, 0.1, NONE, 0.2) });
    expect([...axis.rows]).toEqual([1, 0, 3]);
    expect(isSequence(axis)).toBe(false);
    expect([firstFrom(axis, 0.2), firstAfter(axis, 0.2), firstFrom(axis, 0.3)]).toEqual([1, 3, 3]);
  });

  it('by words has a place for each, and names as many as there is room for', () => {
    const labels = ['a', 'b', 'c', 'd'];
    const axis = columnAxis('model', { kind: 'category', codes: Int32Array.of(3, -1, 0), labels });
    expect([...axis.rows]).toEqual([2, 0]);
    expect(axis.full).toEqual([-0.5, 3.5]);
    expect(axisTicks(axis, [-0.5, 3.5], 2).map(({ label }) => label)).toEqual(['a', 'c']);
    expect(axisTicks(axis, [0.6, 2.4], 9).map(({ label }) => label)).toEqual(['b', 'c']);
  });
});
