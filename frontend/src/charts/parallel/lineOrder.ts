/**
 * All rows in an order that any first part of is a fair sample of: what is drawn bit by bit looks like the whole from the
 * start. The same for the same number of rows.
 */
export function mixedRows(count: number): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  let state = 12_345;
  for (let i = count - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (i + 1);
    const held = rows[i] ?? 0;
    rows[i] = rows[other] ?? 0;
    rows[other] = held;
  }
  return rows;
}
