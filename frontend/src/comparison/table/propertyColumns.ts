import { formatNumber } from '../../formatting/numbers.ts';
import type { ComparisonRow } from './comparisonRows.ts';
import type { Line } from './tableLines.ts';

/** A column of the table that has a run in each row. */
export type PropertyColumn =
  | { kind: 'property'; key: string; group: string; line: Line & { kind: 'row' }; width: number }
  /** Leads to the columns that are the same in all runs. */
  | { kind: 'alike'; key: string; section: string; count: number; open: boolean; width: number };

const LEAST = 96;
const MOST = 260;
const CHARACTER = 7.2;
const MOST_OF_GROUP = 26;
const GROUP_CHARACTER = 5.8;
// Columns are as wide as these values need; what is wider is cut, and shown on hover.
const SAMPLE = 30;

/** The lines of a table turned round: each property a column, named by the section and the dataset that it is of. */
export function propertyColumns(lines: readonly Line[]): PropertyColumn[] {
  const columns: PropertyColumn[] = [];
  let section = '';
  let dataset: string | undefined;
  for (const line of lines) {
    if (line.kind === 'section') {
      section = line.title;
      dataset = undefined;
    } else if (line.kind === 'dataset') {
      dataset = line.dataset;
    } else if (line.kind === 'alike') {
      dataset = undefined;
      columns.push({ ...line, width: 132 });
    } else {
      const group = dataset ?? section;
      const width = Math.max(widthOf(line), widthOfGroup(group));
      columns.push({ kind: 'property', key: line.key, group, line, width });
    }
  }
  return columns;
}

/** So much of the name of a dataset that those of one pipeline can be told apart. */
function widthOfGroup(group: string): number {
  return Math.round(Math.min(group.length, MOST_OF_GROUP) * GROUP_CHARACTER + 22);
}

function widthOf({ row, format }: Line & { kind: 'row' }): number {
  const longest = Math.max(
    // A name has two lines, and breaks where it may.
    Math.min(row.label.length, Math.max(12, row.label.length * 0.65)),
    ...row.values.slice(0, SAMPLE).map((value) => lengthOf(value, row, format)),
  );
  return Math.round(Math.min(MOST, Math.max(LEAST, longest * CHARACTER + 36)));
}

function lengthOf(
  value: ComparisonRow['values'][number],
  row: ComparisonRow,
  format: (Line & { kind: 'row' })['format'],
): number {
  if (value === null || value === undefined) return 0;
  if (row.kind === 'metric') return row.unit ? 10 : formatNumber(value as number, format).length + 4;
  return typeof value === 'object' ? (value.version?.length ?? 8) + 4 : String(value).length;
}
