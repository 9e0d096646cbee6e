import { numberColumn, type RunColumnData, type RunTable, runTable } from '../../data/runTable/runTable.ts';

/** Numbers from 0 to 1 that are the same in every run of the tests. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A table of columns by their names: numbers, or texts as categories; null is no value. One run an hour. */
export function tableOf(columns: Record<string, readonly (number | string | null)[]>): RunTable {
  const runs = Math.max(0, ...Object.values(columns).map((values) => values.length));
  const runIds = Array.from({ length: runs }, (_, i) => `run-${i}`);
  return runTable(
    runIds,
    runIds.map((id) => id.toUpperCase()),
    Float64Array.from(runIds, (_, i) => i * 3_600_000),
    Object.entries(columns).map(([name, values]) => columnOf(name, values, runs)),
  );
}

function columnOf(name: string, values: readonly (number | string | null)[], runs: number): RunColumnData {
  if (!values.some((value) => typeof value === 'string')) {
    const numbers = Float64Array.from({ length: runs }, (_, row) => Number(values[row] ?? Number.NaN));
    return numberColumn(name, numbers);
  }
  const labels = [...new Set(values.filter((value) => typeof value === 'string'))];
  const codes = Int32Array.from({ length: runs }, (_, row) => labels.indexOf(String(values[row])));
  return { kind: 'category', name, codes, labels, leftOut: 0 };
}
