import { describe, expect, it } from 'vitest';
import { sparklinePath } from './sparklinePath.ts';

/** The corners of a path; a list for each unbroken piece. */
const pieces = (path: string) =>
  path
    .split('M')
    .filter(Boolean)
    .map((piece) => piece.split('L').map((corner) => corner.replace('h0', '').split(' ').map(Number)));

describe('a small curve', () => {
  it('goes from the lowest to the highest, inside its box', () => {
    expect(pieces(sparklinePath([1, 3, 2], 102, 12))).toEqual([
      [
        [1, 11],
        [51, 1],
        [101, 6],
      ],
    ]);
  });

  it('is broken where a value is missing', () => {
    const broken = pieces(sparklinePath([1, 2, Number.NaN, 3], 102, 12));
    expect(broken.map((piece) => piece.length)).toEqual([2, 1]);
  });

  it('is a line in the middle where nothing changes, and nothing where there is no value', () => {
    expect(
      pieces(sparklinePath([5, 5], 102, 12))
        .flat()
        .map(([, y]) => y),
    ).toEqual([6, 6]);
    expect(sparklinePath([], 100, 10)).toBe('');
    expect(sparklinePath([Number.NaN], 100, 10)).toBe('');
  });

  it('shows the one peak among many values, at a bounded cost', () => {
    const values = new Float64Array(200_000);
    values[123_456] = 1;
    const corners = pieces(sparklinePath(values, 100, 12)).flat();
    expect(corners.length).toBeLessThanOrEqual(200);
    expect(corners.filter(([, y]) => y === 1)).toHaveLength(1);
  });

  it('is finite for numbers beyond all reason', () => {
    expect(sparklinePath([-1.7e308, 1.7e308], 100, 10)).not.toMatch(/NaN|Infinity/);
  });
});
