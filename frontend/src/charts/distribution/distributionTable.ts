import { chooseFormat, formatNumber } from '../../formatting/numbers.ts';
import { formatExactTime } from '../../formatting/time.ts';
import type { ChartTable } from '../frame/chartTable.ts';
import { type ColumnScale, valueAtPlace } from '../scales/columnScale.ts';
import type { SummarisedGroup } from './layOut.ts';
import type { BoxSummary } from './quantiles.ts';

const COLUMNS: readonly [title: string, key: Exclude<keyof BoxSummary, 'count'>][] = [
  ['Lowest', 'min'],
  ['Lower quartile', 'lower'],
  ['Median', 'median'],
  ['Upper quartile', 'upper'],
  ['Highest', 'max'],
];

/** What a distribution shows of each group in numbers. */
export function distributionTable(
  scale: ColumnScale,
  groups: readonly SummarisedGroup[],
  by: string,
): ChartTable {
  const format = chooseFormat(
    groups.flatMap(({ box }) => [box.min, box.median, box.max].map((place) => valueAtPlace(scale, place))),
  );
  const column = (title: string, read: (box: BoxSummary) => number) => {
    const value = (row: number): number => {
      const group = groups[row];
      return group ? valueAtPlace(scale, read(group.box)) : Number.NaN;
    };
    if (scale.kind === 'time') {
      const iso = (row: number): string => new Date(value(row)).toISOString();
      return { title, value: iso, text: (row: number) => formatExactTime(iso(row)) };
    }
    return { title, numeric: true, value, text: (row: number) => formatNumber(value(row), format) };
  };
  return {
    rows: groups.length,
    columns: [
      { title: by, value: (row) => groups[row]?.label },
      { title: 'Runs', numeric: true, value: (row) => groups[row]?.box.count },
      ...COLUMNS.map(([title, key]) => column(title, (box) => box[key])),
      // The mean of powers is that of no values: it stands for itself on a logarithmic scale.
      column(scale.log ? 'Geometric mean' : 'Mean', (box) => box.mean),
    ],
  };
}
