import type { RunColumnData } from '../../data/runTable/runTable.ts';
import { chooseFormat, formatNumber } from '../../formatting/numbers.ts';
import { formatDate } from '../../formatting/time.ts';
import { quantile } from './quantiles.ts';

/** The runs of a table in groups, by the values of a column. */
export type RunGroups = {
  /** By row; -1 for a run that belongs to none. */
  groups: Int32Array;
  labels: readonly string[];
};

/** More groups than these are not told apart: the smaller ones are one. */
export const MOST_GROUPS = 12;

/** Numbers that are more than these are grouped by ranges, each with as many runs. */
const MOST_NUMBERS = 8;
const RANGES = 4;

/** As many digits tell where a range ends. */
const SIGNIFICANT = 3;

/** All runs as one group. */
export function oneGroup(runs: number, label: string): RunGroups {
  return { groups: new Int32Array(runs), labels: [label] };
}

/** Runs by the value of a column: by each value, or, of many numbers, by their quarters. */
export function groupRuns(column: RunColumnData, isTime: boolean): RunGroups {
  if (column.kind === 'category') return byCode(column.codes, (code) => column.labels[code] || 'empty text');
  const finite = column.values.filter(Number.isFinite).sort();
  const distinct = [...new Set(finite)];
  const format = chooseFormat(distinct.slice(0, 1000));
  const write = (value: number): string =>
    isTime ? formatDate(new Date(value).toISOString()) : formatNumber(value, format);
  if (distinct.length <= MOST_NUMBERS) {
    const place = new Map(distinct.map((value, index) => [value, index]));
    return {
      groups: Int32Array.from(column.values, (value) => place.get(value) ?? -1),
      labels: distinct.map(write),
    };
  }
  const cuts = Array.from({ length: RANGES + 1 }, (_, part) => quantile(finite, part / RANGES));
  const ends = [...new Set(cuts)];
  const roundly = (value: number): string =>
    isTime ? write(value) : formatNumber(Number(value.toPrecision(SIGNIFICANT)));
  const rangeOf = (value: number): number => {
    if (!Number.isFinite(value)) return -1;
    for (let range = 0; range < ends.length - 2; range += 1) if (value < (ends[range + 1] ?? 0)) return range;
    return ends.length - 2;
  };
  return {
    groups: Int32Array.from(column.values, rangeOf),
    // Where one range ends, the next one begins.
    labels: ends.slice(0, -1).map((from, range) => `${roundly(from)} – ${roundly(ends[range + 1] ?? from)}`),
  };
}

function byCode(codes: Int32Array, labelOf: (code: number) => string): RunGroups {
  const runs = new Map<number, number>();
  for (const code of codes) if (code >= 0) runs.set(code, (runs.get(code) ?? 0) + 1);
  const order = [...runs].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([code]) => code);
  const place = new Map(order.map((code, index) => [code, Math.min(index, MOST_GROUPS - 1)]));
  const labels = order.slice(0, MOST_GROUPS).map(labelOf);
  const rest = order.length - MOST_GROUPS;
  if (rest > 0) labels[MOST_GROUPS - 1] = `${rest + 1} other values`;
  return { groups: Int32Array.from(codes, (code) => place.get(code) ?? -1), labels };
}
