import { parseJson, writeExactJson } from '../../formatting/exactJson.ts';
import type { JsonValue, NumberValue } from '../../formatting/scalars.ts';

/**
 * One property of all the compared runs. `values` has one entry a run: null where a run lacks it, undefined where nothing
 * of the kind was recorded, so that it is not known.
 */
export type ComparisonRow = {
  key: string;
  label: string;
  /** Whether the runs are not all alike, as far as it is known. */
  differs: boolean;
} & (MetricRow | TextRow | DataRow);

/** A number. */
export type MetricRow = {
  kind: 'metric';
  values: (NumberValue | null | undefined)[];
  /** The id of a metric, whose better direction people may set. */
  metric?: string;
  /** What it is written in. */
  unit?: 'seconds' | 'bytes';
};

type TextRow = {
  kind: 'text';
  values: (string | null | undefined)[];
  /** Whether it is set in monospace. */
  code?: boolean;
  /** Whether it is a value in a file, among the parameters or in a list of packages. */
  path?: boolean;
  /** How deep it is nested in other rows. */
  depth?: number;
  /** Set where it has other rows below it: whether they are shown. */
  nested?: { open: boolean };
  /** What became of the baseline's value in each run; without it, whether the values are the same tells. */
  changes?: (Change | undefined)[];
};

type DataRow = { kind: 'data'; values: (DataValue | null | undefined)[] };

/** What became of the baseline's value in a run; `moved` of a list, in which so many entries are in another order. */
export type Change = { kind: 'added' | 'removed' | 'changed' } | { kind: 'moved'; count: number };

/** The data that a run used under the name of a dataset. */
export type DataValue = {
  /** Runs with the same number used the same data; undefined where that cannot be told. */
  variant: number | undefined;
  version: string | null;
  size: number | null;
  fingerprint: string | null;
  path: string | null;
};

export type ComparisonGroup = { dataset?: string; rows: ComparisonRow[] };

export type ComparisonSection = {
  title: string;
  groups: ComparisonGroup[];
  /** Whether what differs stands before what is the same in all runs. */
  differencesFirst?: boolean;
};

/** Leaves out the rows that are the same in all runs, and what has no rows then. */
export function onlyChanges(sections: readonly ComparisonSection[]): ComparisonSection[] {
  return keepRows(sections, (row) => row.differs);
}

/** Leaves the rows whose names have all words of a text. */
export function findRows(sections: readonly ComparisonSection[], text: string): ComparisonSection[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return keepRows(sections, ({ label }, { dataset = '' }) => {
    const name = `${dataset} ${label}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/** The sections with those rows only; groups and sections without rows are left out. */
export function keepRows(
  sections: readonly ComparisonSection[],
  keep: (row: ComparisonRow, group: ComparisonGroup) => boolean,
): ComparisonSection[] {
  return sections.flatMap((section) => {
    const groups = section.groups.flatMap((group) => {
      const rows = group.rows.filter((row) => keep(row, group));
      return rows.length === 0 ? [] : [{ ...group, rows }];
    });
    return groups.length === 0 ? [] : [{ ...section, groups }];
  });
}

/** Whether values are not all alike; those that are not known say nothing. */
export function differ(values: readonly unknown[]): boolean {
  return new Set(values.filter((value) => value !== undefined)).size > 1;
}

/** A row of values that a path leads to. */
export function pathRow(key: string, label: string, values: (string | null | undefined)[]): ComparisonRow {
  return { kind: 'text', key, label, values, code: true, path: true, differs: differ(values) };
}

/**
 * Rows of named values: one for each name that any run has, by name.
 *
 * @param runs the values of each run by name; undefined where nothing was recorded
 */
export function namedRows(
  prefix: string,
  runs: readonly (ReadonlyMap<string, string> | undefined)[],
): ComparisonRow[] {
  const names = [...new Set(runs.flatMap((values) => [...(values?.keys() ?? [])]))].sort((a, b) =>
    byName.compare(a, b),
  );
  return names.map((name) =>
    pathRow(
      `${prefix} ${name}`,
      name,
      runs.map((values) => values && (values.get(name) ?? null)),
    ),
  );
}

const byName = new Intl.Collator('en', { numeric: true });

/** JSON as text to compare and to read. A text stands without quotes, unless it would be taken for another value. */
export function writeJson(value: JsonValue): string {
  return typeof value === 'string' && !isOtherJson(value) ? value : writeExactJson(value);
}

function isOtherJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}
