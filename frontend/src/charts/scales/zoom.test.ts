import { describe, expect, it } from 'vitest';
import type { Range } from './axes.ts';
import { panBy, zoomAround, zoomBetween } from './zoom.ts';

describe('zoom', () => {
  const full: Range = [0, 100_000];

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

  it('moves along until the end, and keeps its length there', () => {
    expect(panBy([10_000, 30_000], full, 5_000)).toEqual([15_000, 35_000]);
    expect(panBy([10_000, 30_000], full, -50_000)).toEqual([0, 20_000]);
    expect(panBy([10_000, 30_000], full, 500_000)).toEqual([80_000, 100_000]);
  });
});
