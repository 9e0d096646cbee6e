import { nearestPoint, type PlacedCurve } from './drawnCurve.ts';

/**
 * The place that a key leads to on a curve: that of another point with a value, over gaps and over points at the same
 * place. Undefined for other keys, and where there is none.
 *
 * @param place where one is; undefined before one has gone anywhere
 */
export function nextPlace(
  key: string,
  curve: Pick<PlacedCurve, 'at' | 'values'>,
  place: number | undefined,
): number | undefined {
  const { at, values } = curve;
  const last = at.length - 1;
  const now = place === undefined ? undefined : nearestPoint(curve, place, Number.POSITIVE_INFINITY);
  const page = Math.max(1, Math.round(last / 20));
  const moves: Record<string, readonly [start: number, step: 1 | -1]> = {
    ArrowLeft: [now === undefined ? last : now - 1, -1],
    ArrowRight: [now === undefined ? 0 : now + 1, 1],
    PageDown: [now === undefined ? last : now - page, -1],
    PageUp: [now === undefined ? 0 : now + page, 1],
    Home: [0, 1],
    End: [last, -1],
  };
  const move = moves[key];
  if (move === undefined) return undefined;
  const [start, step] = move;
  const toAnEnd = key === 'Home' || key === 'End';
  const here = toAnEnd || now === undefined ? Number.NaN : (at[now] ?? Number.NaN);
  const leads = (found: number | undefined): boolean =>
    found !== undefined && (Number.isNaN(here) || Math.sign(found - here) === step);
  const seek = (direction: 1 | -1): number | undefined => {
    for (let index = Math.min(last, Math.max(0, start)); index >= 0 && index <= last; index += direction) {
      if (!Number.isNaN(values[index] ?? Number.NaN) && leads(at[index])) return at[index];
    }
    return undefined;
  };
  // Beyond the last point with a value there may still be some before where a page would lead to.
  return seek(step) ?? seek(step === 1 ? -1 : 1);
}
