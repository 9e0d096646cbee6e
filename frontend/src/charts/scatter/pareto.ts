/** Which way of an axis is better; null where that is not known. */
export type BetterWay = 'HIGHER' | 'LOWER' | null;

/**
 * The rows that no other row beats: none is better in one and at least as good in the other. From the lowest x to the
 * highest; of equal ones the first.
 */
export function paretoFront(
  x: Float64Array,
  y: Float64Array,
  betterX: BetterWay,
  betterY: BetterWay,
): number[] {
  if (betterX === null || betterY === null) return [];
  const signX = betterX === 'HIGHER' ? 1 : -1;
  const signY = betterY === 'HIGHER' ? 1 : -1;
  const rows = Array.from(x.keys()).filter(
    (row) => !Number.isNaN(x[row] ?? NaN) && !Number.isNaN(y[row] ?? NaN),
  );
  const good = (row: number): readonly [number, number] => [signX * (x[row] ?? 0), signY * (y[row] ?? 0)];
  // From the best x on, each row that is better in y than all before is on the front.
  rows.sort((one, other) => {
    const [oneX, oneY] = good(one);
    const [otherX, otherY] = good(other);
    return otherX - oneX || otherY - oneY || one - other;
  });
  const front: number[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const [, height] = good(row);
    if (height <= best) continue;
    best = height;
    front.push(row);
  }
  return signX > 0 ? front.reverse() : front;
}
