import type { MetricDirection, RunOrder } from '../data/generated/graphql.ts';
import { readList } from '../formatting/searchParams.ts';
import { kindOfColumn, parseRunColumn } from './runColumns.ts';

/** A column to sort by. */
export type SortKey = { column: string; direction: 'ASC' | 'DESC' };

/** Newest first. */
export const DEFAULT_SORT: readonly string[] = ['-started'];

/** The server takes so many; more would never decide anything. */
const MAX_SORT_KEYS = 8;

/** The sort of an address: names of columns once each, "-" before those that go down; what names none is left out. */
export function readSort(raw: unknown): string[] | undefined {
  const seen = new Set<string>();
  const keys = (readList(raw) ?? []).filter((key) => {
    const name = columnOfKey(key);
    if (seen.has(name) || parseRunColumn(name) === undefined) return false;
    seen.add(name);
    return true;
  });
  return keys.length === 0 ? undefined : keys.slice(0, MAX_SORT_KEYS);
}

/** Columns and directions of a sort, the most important first. */
export function sortKeys(sort: readonly string[] = DEFAULT_SORT): SortKey[] {
  return sort.map((key) => ({
    column: columnOfKey(key),
    direction: key.startsWith('-') ? 'DESC' : 'ASC',
  }));
}

/**
 * The sort after a click on a column's name: the best first, or else downwards for what one wants the most of; then the
 * other way round.
 *
 * @param add Whether it was clicked with shift: then other columns keep sorting, a new one comes last, and the third
 *   click takes the column out again.
 * @param better Which way is better, of a metric for which that is known.
 * @returns undefined for the sort that is there without being asked for
 */
export function nextSort(
  current: readonly string[] | undefined,
  column: string,
  { add = false, better }: { add?: boolean; better?: MetricDirection | null | undefined } = {},
): string[] | undefined {
  const now = current ?? DEFAULT_SORT;
  const down = better ? better === 'HIGHER' : goesDownFirst(column);
  const [first, second] = down ? [`-${column}`, column] : [column, `-${column}`];
  const at = now.findIndex((key) => columnOfKey(key) === column);
  if (!add) return written([at >= 0 && now[at] === first ? second : first]);
  if (at < 0) return written([...now, first]);
  return written(now.flatMap((key, index) => (index !== at ? [key] : key === first ? [second] : [])));
}

/** The order that the server is asked for. */
export function toRunOrder(sort: readonly string[] | undefined): RunOrder[] {
  return sortKeys(sort);
}

function columnOfKey(key: string): string {
  return key.startsWith('-') ? key.slice(1) : key;
}

function goesDownFirst(name: string): boolean {
  const column = parseRunColumn(name);
  return column !== undefined && ['number', 'time', 'boolean'].includes(kindOfColumn(column));
}

function written(sort: string[]): string[] | undefined {
  const isDefault = sort.length === DEFAULT_SORT.length && sort.every((key, at) => key === DEFAULT_SORT[at]);
  return sort.length === 0 || isDefault ? undefined : sort;
}
