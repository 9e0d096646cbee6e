import type { RunColumnData } from '../../data/runTable/runTable.ts';
import { noPoints, type PlacedPoints } from '../points/paintPoints.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { type PlotArea, toX, toY } from '../surface/paintAxes.ts';

/** How much of the room between two categories their points take. */
const JITTER = 0.62;

const SMALLEST = 2.5;
const LARGEST = 10;

/** Where the points of runs are, in pixels. Those of a category lie beside one another, each always in its place. */
export function placePoints(
  x: ColumnScale,
  y: ColumnScale,
  size: RunColumnData | undefined,
  area: PlotArea,
): PlacedPoints {
  const runs = x.places.length;
  const placed = noPoints(runs);
  for (let row = 0; row < runs; row += 1) {
    const [atX, atY] = [x.places[row] ?? Number.NaN, y.places[row] ?? Number.NaN];
    if (Number.isNaN(atX) || Number.isNaN(atY)) continue;
    placed.x[row] = toX(area, x, atX + (x.kind === 'category' ? JITTER * shift(row, 1) : 0));
    placed.y[row] = toY(area, y, atY + (y.kind === 'category' ? JITTER * shift(row, 2) : 0));
    placed.count += 1;
  }
  const usual = placed.count <= 2_000 ? 4 : placed.count <= 20_000 ? 2.5 : 1.5;
  const sized = size?.kind === 'number' && size.max > size.min ? size : undefined;
  for (let row = 0; row < runs; row += 1) {
    placed.radius[row] = sized ? sizeOf(sized.values[row] ?? Number.NaN, sized.min, sized.max) : usual;
  }
  return placed;
}

/** Areas stand for values, since the eye compares areas. A run without a value is as small as can be. */
function sizeOf(value: number, min: number, max: number): number {
  if (!Number.isFinite(value)) return SMALLEST * 0.6;
  const share = (value - min) / (max - min);
  return Math.sqrt(SMALLEST ** 2 + share * (LARGEST ** 2 - SMALLEST ** 2));
}

/** From -0.5 to 0.5: the same for a row every time, and spread evenly over the rows. */
function shift(row: number, seed: number): number {
  let bits = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits ^= bits >>> 12;
  return (bits >>> 0) / 4_294_967_296 - 0.5;
}
