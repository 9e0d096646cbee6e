import type { Range } from './axes.ts';

/** A second, on an axis of time: zooming in further than that shows nothing more. */
const SHORTEST_RANGE = 1000;

/** A range scaled around a place (factor < 1 zooms in), kept within the full one; undefined when it is the full one. */
export function zoomAround(
  range: Range,
  full: Range,
  place: number,
  factor: number,
  shortest = SHORTEST_RANGE,
): Range | undefined {
  const length = Math.max(shortest, (range[1] - range[0]) * factor);
  if (length >= full[1] - full[0]) return undefined;
  const share = (place - range[0]) / (range[1] - range[0]);
  return keepWithin([place - share * length, place + (1 - share) * length], full);
}

/** A range between two places in any order, or undefined where they are too close to mean a zoom. */
export function zoomBetween(a: number, b: number, full: Range, shortest = SHORTEST_RANGE): Range | undefined {
  const from = Math.max(full[0], Math.min(a, b));
  const to = Math.min(full[1], Math.max(a, b));
  return to - from >= shortest ? [from, to] : undefined;
}

/** A range moved along, as far as the full one goes. */
export function panBy(range: Range, full: Range, by: number): Range {
  return keepWithin([range[0] + by, range[1] + by], full);
}

function keepWithin([from, to]: Range, full: Range): Range {
  const length = Math.min(to - from, full[1] - full[0]);
  const start = Math.min(Math.max(from, full[0]), full[1] - length);
  return [start, start + length];
}
