import type { Range } from '../charts/scales/axes.ts';
import { formatCount } from '../formatting/numbers.ts';
import { formatDuration } from '../formatting/time.ts';
import type { CurveLine } from './curveLine.ts';
import { nearestPoint, type PlacedCurve } from './drawnCurve.ts';

/** How near, as a share of the axis, a point must be to the place that is pointed at. */
const REACH = 0.04;

/** A point of a line near the place that is pointed at; `say` tells where it is. */
export type FoundPoint = { line: CurveLine; place: number; value: number; say: string };

/** The point of each line that is near a place; the nearest of them first. */
export function findPoints(
  lines: readonly CurveLine[],
  placed: readonly PlacedCurve[],
  at: number,
  range: Range,
): FoundPoint[] {
  const reach = (range[1] - range[0]) * REACH;
  return lines
    .flatMap((line, position): FoundPoint[] => {
      const curve = placed[position];
      const index = curve && nearestPoint(curve, at, reach);
      if (curve === undefined || index === undefined) return [];
      const place = curve.at[index] ?? Number.NaN;
      if (place < range[0] || place > range[1]) return [];
      const value = curve.values[index] ?? Number.NaN;
      return [{ line, place, value, say: sayPlace(line, curve.index[index] ?? 0) }];
    })
    .toSorted((one, other) => Math.abs(one.place - at) - Math.abs(other.place - at));
}

/**
 * Of the points at a place those that are told: the one that is pointed at, those of lines that stand out, and the
 * nearest to the height of the pointer; where that is not known, the highest. The highest first.
 *
 * @param toHeight a value in the units of the drawing
 */
export function toldPoints(
  found: readonly FoundPoint[],
  pointed: string | undefined,
  height: number | undefined,
  most: number,
  toHeight: (value: number) => number,
): FoundPoint[] {
  const away = ({ line, value }: FoundPoint): number => {
    if (line.id === pointed) return Number.NEGATIVE_INFINITY;
    if (line.front) return -1;
    return height === undefined ? Number.POSITIVE_INFINITY : Math.abs(toHeight(value) - height);
  };
  const highestFirst = found.toSorted((one, other) => other.value - one.value);
  if (found.length <= most) return highestFirst;
  const chosen = new Set(
    highestFirst.toSorted((one, other) => Math.sign(away(one) - away(other) || 0)).slice(0, most),
  );
  return highestFirst.filter((point) => chosen.has(point));
}

/**
 * The line that is nearest to a place and a height, at most `reach` away in height.
 *
 * @param toHeight a value in the units of the drawing
 */
export function nearestLine(
  lines: readonly CurveLine[],
  placed: readonly PlacedCurve[],
  at: number,
  height: number,
  range: Range,
  reach: number,
  toHeight: (value: number) => number,
): CurveLine | undefined {
  let nearest: CurveLine | undefined;
  let distance = reach;
  for (const [position, curve] of placed.entries()) {
    const index = nearestPoint(curve, at, (range[1] - range[0]) * REACH);
    if (index === undefined) continue;
    const away = Math.abs(toHeight(curve.values[index] ?? Number.NaN) - height);
    if (away <= distance) {
      distance = away;
      nearest = lines[position];
    }
  }
  return nearest;
}

/** "step 120 · 4.2 s". */
function sayPlace({ points, runStart }: CurveLine, point: number): string {
  const step = `step ${formatCount(points.steps[point] ?? Number.NaN)}`;
  const seconds = ((points.times?.[point] ?? Number.NaN) - runStart) / 1000;
  return Number.isNaN(seconds) ? step : `${step} · ${formatDuration(Math.max(0, seconds))}`;
}
