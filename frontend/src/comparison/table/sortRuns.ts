import type { ComparisonRow } from './comparisonRows.ts';
import type { Direction } from './metricDelta.ts';

export type SortDirection = 'ascending' | 'descending';

const byName = new Intl.Collator('en', { numeric: true });

/**
 * Sorts runs by a property. The first one, which is the baseline, stays where it is; those without a value come last.
 *
 * @param ids of the runs, in the order of the row's values
 */
export function sortRuns(ids: readonly string[], row: ComparisonRow, direction: SortDirection): string[] {
  const keys = row.values.map((value) => sortKey(value));
  const sign = direction === 'ascending' ? 1 : -1;
  const places = ids.map((_, place) => place).slice(1);
  places.sort((a, b) => compareKeys(keys[a], keys[b], sign));
  return [0, ...places].flatMap((place) => ids[place] ?? []);
}

/** How the runs after the baseline are sorted by a property already; undefined where they are not. */
export function sortedBy(row: ComparisonRow): SortDirection | undefined {
  const keys = row.values.slice(1).map((value) => sortKey(value));
  const known = keys.filter((key) => key !== undefined);
  // Any two values are in some order, which nobody asked for.
  if (known.length < 3 || new Set(known).size < 2) return undefined;
  const isSorted = (sign: number) =>
    keys.every((key, place) => place === 0 || compareKeys(keys[place - 1], key, sign) <= 0);
  if (isSorted(1)) return 'ascending';
  return isSorted(-1) ? 'descending' : undefined;
}

/** The order after a click: best first, or largest where it is not known what is better; then the other way round. */
export function nextSort(row: ComparisonRow, better: Direction): SortDirection {
  const first = row.kind === 'metric' && better !== 'LOWER' ? 'descending' : 'ascending';
  const second = first === 'ascending' ? 'descending' : 'ascending';
  return sortedBy(row) === first ? second : first;
}

function sortKey(value: ComparisonRow['values'][number]): number | string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'object') return value.variant ?? value.version ?? undefined;
  if (typeof value === 'number') return value;
  if (value === 'NaN') return undefined;
  const number = Number(value);
  return Number.isNaN(number) || value.trim() === '' ? value : number;
}

function compareKeys(
  one: number | string | undefined,
  other: number | string | undefined,
  sign: number,
): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  if (typeof one === 'number' && typeof other === 'number') return sign * (one - other || 0);
  return sign * byName.compare(String(one), String(other));
}
