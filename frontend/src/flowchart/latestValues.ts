/**
 * The two newest rows that have a value.
 *
 * @param rows of the table by time, oldest first
 */
export function latestTwo(
  values: Float64Array,
  rows: Uint32Array,
): { latest: number | undefined; previous: number | undefined } {
  const found: number[] = [];
  for (let i = rows.length - 1; i >= 0 && found.length < 2; i -= 1) {
    const row = rows[i] ?? 0;
    if (!Number.isNaN(values[row] ?? Number.NaN)) found.push(row);
  }
  return { latest: found[0], previous: found[1] };
}
