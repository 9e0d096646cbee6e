import type { CsvValue } from '../../formatting/csv.ts';

/** A column of what a chart draws. */
export type ChartTableColumn = {
  title: string;
  /** Whether the values are numbers, which stand at the right. */
  numeric?: boolean;
  /** The exact value in a row, as it is exported. */
  value: (row: number) => CsvValue;
  /** How the table shows it, where that is not the value itself. */
  text?: (row: number) => string;
};

/** What a chart draws, as rows; the first column names the row. */
export type ChartTable = {
  rows: number;
  columns: readonly ChartTableColumn[];
  /** What a click on a row's name does; without it, names are plain text. */
  onOpen?: (row: number) => void;
};

/**
 * The table of some rows of something larger.
 *
 * @param rows which, in the order of the table; columns and `onOpen` go by them
 */
export function tableOfRows(
  rows: ArrayLike<number>,
  columns: readonly ChartTableColumn[],
  onOpen?: (row: number) => void,
): ChartTable {
  const rowAt = (index: number): number => rows[index] ?? -1;
  return {
    rows: rows.length,
    columns: columns.map(({ value, text, ...column }) => ({
      ...column,
      value: (index) => value(rowAt(index)),
      ...(text && { text: (index) => text(rowAt(index)) }),
    })),
    ...(onOpen && { onOpen: (index) => onOpen(rowAt(index)) }),
  };
}

/** The table as an exported file has it: names of the columns, then the rows. */
export function toRows({ rows, columns }: ChartTable): CsvValue[][] {
  return [
    columns.map(({ title }) => title),
    ...Array.from({ length: rows }, (_, row) => columns.map(({ value }) => exported(value(row)))),
  ];
}

/** A number that is missing is an empty cell. */
function exported(value: CsvValue): CsvValue {
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

/** A cell as the table shows it. */
export function textOf({ value, text }: ChartTableColumn, row: number): string {
  const raw = exported(value(row));
  if (raw === null || raw === undefined || raw === '') return '–';
  return text ? text(row) : String(raw);
}
