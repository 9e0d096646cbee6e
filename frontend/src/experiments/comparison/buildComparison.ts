import { statusLabel } from '../../components/StatusBadge.tsx';
import { formatDuration, formatExactTime } from '../../formatting/time.ts';
import type { JsonValue, NumberValue } from '../../graphql/scalars.ts';
import type { RunDetails } from '../runQueries.ts';
import { flattenJson } from './flattenJson.ts';

/** One property of all the compared runs; `values` has one entry a run, null where a run lacks it. */
export type ComparisonRow = {
  key: string;
  label: string;
  /** Whether the runs are not all alike. */
  differs: boolean;
} & (
  | { kind: 'metric'; values: (NumberValue | null)[] }
  /** `code` is set in monospace; a `path` leads to a value in a file or among the parameters. */
  | { kind: 'text'; values: (string | null)[]; code?: boolean; path?: boolean }
);

export type ComparisonGroup = { dataset?: string; rows: ComparisonRow[] };
export type ComparisonSection = {
  title: 'Run' | 'Metrics' | 'JSON' | 'Parameters';
  groups: ComparisonGroup[];
};

/** Lays runs side by side: what each measured, was given, tracked and is. */
export function buildComparison(runs: RunDetails[]): ComparisonSection[] {
  const sections: ComparisonSection[] = [
    { title: 'Metrics', groups: metricGroups(runs) },
    { title: 'Parameters', groups: [{ rows: parameterRows(runs) }] },
    { title: 'JSON', groups: jsonGroups(runs) },
    { title: 'Run', groups: [{ rows: metadataRows(runs) }] },
  ];
  return sections
    .map(({ title, groups }) => ({ title, groups: groups.filter(({ rows }) => rows.length > 0) }))
    .filter(({ groups }) => groups.length > 0);
}

/** Leaves out the rows that are the same in all runs, and what has no rows then. */
export function onlyChanges(sections: ComparisonSection[]): ComparisonSection[] {
  return sections.flatMap((section) => {
    const groups = section.groups.flatMap((group) => {
      const rows = group.rows.filter((row) => row.differs);
      return rows.length === 0 ? [] : [{ ...group, rows }];
    });
    return groups.length === 0 ? [] : [{ ...section, groups }];
  });
}

function pathRow(key: string, label: string, values: (string | null)[]): ComparisonRow {
  return { kind: 'text', key, label, values, code: true, path: true, differs: new Set(values).size > 1 };
}

function metadataRows(runs: RunDetails[]): ComparisonRow[] {
  const row = (
    label: string,
    read: (run: RunDetails) => string | null | undefined,
    code = false,
  ): ComparisonRow => {
    const values = runs.map((run) => read(run) || null);
    return { kind: 'text', key: `run ${label}`, label, values, code, differs: new Set(values).size > 1 };
  };
  return [
    row('Status', (run) => statusLabel(run.status)),
    row('Started', (run) => run.startedAt && formatExactTime(run.startedAt)),
    row('Duration', (run) => (run.duration === null ? null : formatDuration(run.duration))),
    row('Author', (run) => run.author),
    row('Branch', (run) => run.gitBranch),
    row(
      'Commit',
      (run) => run.gitSha && `${run.gitSha.slice(0, 10)}${run.gitDirty ? ' + changes' : ''}`,
      true,
    ),
    row('Command', (run) => run.runCommand, true),
    row('Pipeline', (run) => run.pipeline),
    row('Environment', (run) => run.env),
    row('Runner', (run) => run.runner),
    row('Kedro', (run) => run.kedroVersion),
    row('Notes', (run) => run.notes),
    row('Error', (run) => run.error && `${run.error.type}: ${run.error.message}`),
  ].filter((candidate) => candidate.values.some((value) => value !== null));
}

function metricGroups(runs: RunDetails[]): ComparisonGroup[] {
  const datasets = new Map<string, Map<string, { key: string; values: (NumberValue | null)[] }>>();
  runs.forEach((run, index) => {
    for (const { id, dataset, key, value } of run.metrics) {
      const metrics =
        datasets.get(dataset) ?? new Map<string, { key: string; values: (NumberValue | null)[] }>();
      datasets.set(dataset, metrics);
      const metric = metrics.get(id) ?? { key, values: runs.map(() => null) };
      metrics.set(id, metric);
      metric.values[index] = value;
    }
  });
  return [...datasets].map(([dataset, metrics]) => ({
    dataset,
    rows: [...metrics].map(([id, { key, values }]) => ({
      kind: 'metric',
      key: `metric ${id}`,
      label: key,
      values,
      differs: new Set(values).size > 1,
    })),
  }));
}

function jsonGroups(runs: RunDetails[]): ComparisonGroup[] {
  const datasets = [...new Set(runs.flatMap((run) => run.trackedJson.map(({ dataset }) => dataset)))];
  return datasets.map((dataset) => ({
    dataset,
    rows: flattenedRows(
      dataset,
      runs.map((run) => {
        const tracked = run.trackedJson.find((entry) => entry.dataset === dataset);
        if (tracked === undefined) return new Map();
        if (tracked.problem !== null) return new Map([['', tracked.problem]]);
        return flattenJson(tracked.data ?? null);
      }),
    ),
  }));
}

function flattenedRows(dataset: string, leaves: Map<string, JsonValue>[]): ComparisonRow[] {
  const paths = [...new Set(leaves.flatMap((of) => [...of.keys()]))];
  return paths.map((path) =>
    pathRow(
      `json ${dataset} ${path}`,
      path === '' ? 'value' : path,
      leaves.map((of) => writeJson(of.get(path))),
    ),
  );
}

function parameterRows(runs: RunDetails[]): ComparisonRow[] {
  const values = runs.map((run) => new Map(run.parameters.map(({ name, value }) => [name, value ?? null])));
  const names = [...new Set(values.flatMap((of) => [...of.keys()]))].sort();
  return names.map((name) =>
    pathRow(
      `parameter ${name}`,
      name,
      values.map((of) => writeJson(of.get(name))),
    ),
  );
}

function writeJson(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
