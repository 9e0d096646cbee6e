/**
 * What can be told of a run in one cell, by the names that people use for it everywhere: in the query language, in the
 * address, in columns and sorts, in exports and on the command line.
 */

import { metricColumn, metricOfColumn, parseLongId } from './metricId.ts';

/** What the values of a column are. Times are milliseconds since 1970; tags a set of texts; any: a JSON value. */
export type ColumnKind = 'text' | 'number' | 'time' | 'boolean' | 'tags' | 'any';

type FieldTable = Record<string, { title: string; kind: ColumnKind }>;

const FIELDS = {
  id: { title: 'Id', kind: 'text' },
  title: { title: 'Title', kind: 'text' },
  status: { title: 'Status', kind: 'text' },
  started: { title: 'Started', kind: 'time' },
  ended: { title: 'Ended', kind: 'time' },
  duration: { title: 'Duration', kind: 'number' },
  author: { title: 'Author', kind: 'text' },
  'git.branch': { title: 'Git branch', kind: 'text' },
  'git.sha': { title: 'Git commit', kind: 'text' },
  'git.dirty': { title: 'Uncommitted changes', kind: 'boolean' },
  'git.remote': { title: 'Git remote', kind: 'text' },
  project: { title: 'Project', kind: 'text' },
  pipeline: { title: 'Pipeline', kind: 'text' },
  env: { title: 'Environment', kind: 'text' },
  runner: { title: 'Runner', kind: 'text' },
  command: { title: 'Command', kind: 'text' },
  kedro_version: { title: 'Kedro', kind: 'text' },
  tags: { title: 'Tags', kind: 'tags' },
  notes: { title: 'Notes', kind: 'text' },
  bookmarked: { title: 'Bookmarked', kind: 'boolean' },
  archived: { title: 'Archived', kind: 'boolean' },
} as const satisfies FieldTable;

/** The name of what is known of every run. */
export type RunField = keyof typeof FIELDS;

/** The names of the fields, in the order in which people look for them. */
export const RUN_FIELDS = Object.keys(FIELDS) as RunField[];

/** A column of runs: a field, a metric (`name` is its id, short or long), or a parameter (`name` is its flat name). */
export type RunColumn =
  | { source: 'run'; name: RunField }
  | { source: 'metrics'; name: string }
  | { source: 'params'; name: string };

/** The column of a name, such as "git.branch" or "metrics.evaluate.r2_score"; undefined where it names none. */
export function parseRunColumn(text: string): RunColumn | undefined {
  const metric = metricOfColumn(text);
  if (metric !== undefined) return { source: 'metrics', name: metric };
  if (text.startsWith('params.') && text.length > 'params.'.length) {
    return { source: 'params', name: text.slice('params.'.length) };
  }
  return isRunField(text) ? { source: 'run', name: text } : undefined;
}

/** The name of a column: what `parseRunColumn` reads. */
export function formatRunColumn({ source, name }: RunColumn): string {
  if (source === 'metrics') return metricColumn(name);
  return source === 'run' ? name : `${source}.${name}`;
}

export function isRunField(text: string): text is RunField {
  return Object.hasOwn(FIELDS, text);
}

/** What the values of a column are. */
export function kindOfColumn(column: RunColumn): ColumnKind {
  if (column.source === 'run') return FIELDS[column.name].kind;
  return column.source === 'metrics' ? 'number' : 'any';
}

/** What stands above a column: a field's title, a metric's key, a parameter's last name part. */
export function titleOfColumn(column: RunColumn): string {
  return column.source === 'run' ? FIELDS[column.name].title : splitColumnName(column.name).key;
}

/**
 * A metric’s dataset and key, as far as the name tells (the last dot parts them; both may have dots of their own), or a
 * parameter’s names before the last and the last; without a dot, the first is empty.
 */
export function splitColumnName(name: string): { dataset: string; key: string } {
  const metric = parseLongId(name);
  if (metric !== undefined) return metric;
  const dot = name.lastIndexOf('.');
  return dot < 0 ? { dataset: '', key: name } : { dataset: name.slice(0, dot), key: name.slice(dot + 1) };
}

/** A column's name in one line: "Git branch", "r2_score of evaluate", "model_options.test_size". */
export function describeColumn(column: RunColumn): string {
  if (column.source !== 'metrics') return column.source === 'run' ? FIELDS[column.name].title : column.name;
  const { dataset, key } = splitColumnName(column.name);
  return dataset === '' ? key : `${key} of ${dataset}`;
}
