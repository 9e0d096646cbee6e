import { describe, expect, it } from 'vitest';
import { nextPlace } from './nextPlace.ts';

const curve = (at: number[], values = at.map(() => 1)) => ({
  at: Float64Array.from(at),
  values: Float64Array.from(values),
});

describe('the point that a key leads to', () => {
  const gappy = curve([0, 10, 20, 30, 40], [1, Number.NaN, 1, 1, Number.NaN]);

  it('is the next one with a value', () => {
    expect(nextPlace('ArrowRight', gappy, 0)).toBe(20);
    expect(nextPlace('ArrowLeft', gappy, 20)).toBe(0);
  });

  it('is the first or the last with a value at the beginning', () => {
    expect(nextPlace('ArrowRight', gappy, undefined)).toBe(0);
    expect(nextPlace('ArrowLeft', gappy, undefined)).toBe(30);
    expect(nextPlace('Home', gappy, 20)).toBe(0);
    expect(nextPlace('End', gappy, 0)).toBe(30);
  });

  it('is none beyond the ends', () => {
    expect(nextPlace('ArrowRight', gappy, 30)).toBeUndefined();
    expect(nextPlace('ArrowLeft', gappy, 0)).toBeUndefined();
    expect(nextPlace('PageUp', gappy, 30)).toBeUndefined();
    expect(nextPlace('ArrowRight', curve([]), undefined)).toBeUndefined();
  });

  it('is at another place where several points share one', () => {
    const crowded = curve([0, 5, 5, 5, 9]);
    expect(nextPlace('ArrowRight', crowded, 5)).toBe(9);
    expect(nextPlace('ArrowLeft', crowded, 5)).toBe(0);
  });

  it('is further away by the page, but never the other way', () => {
    const long = curve(Array.from({ length: 201 }, (_, index) => index));
    expect(nextPlace('PageUp', long, 50)).toBe(60);
    expect(nextPlace('PageDown', long, 50)).toBe(40);
    expect(nextPlace('PageUp', long, 196)).toBe(200);
    const tail = curve([0, 1, 2, 3], [1, 1, Number.NaN, Number.NaN]);
    expect(nextPlace('PageUp', tail, 1)).toBeUndefined();
  });

  it('is none for other keys', () => {
    expect(nextPlace('Enter', gappy, 0)).toBeUndefined();
  });
});
