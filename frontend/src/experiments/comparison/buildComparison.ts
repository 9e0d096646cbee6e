import { statusLabel } from '../../components/StatusBadge.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import { formatDuration, formatExactTime } from '../../formatting/time.ts';
import type { NumberValue } from '../../graphql/scalars.ts';
import type { RunDetails } from '../runQueries.ts';
import {
  type ComparisonGroup,
  type ComparisonRow,
  type ComparisonSection,
  differ,
  keepRows,
  namedRows,
  pathRow,
  writeJson,
} from './comparisonRows.ts';
import { writtenLeaves } from './flattenJson.ts';

/** Lays runs side by side: what each measured, was given, tracked and is. */
export function buildComparison(runs: RunDetails[]): ComparisonSection[] {
  const sections: ComparisonSection[] = [
    { title: 'Metrics', groups: metricGroups(runs) },
    { title: 'Parameters', groups: [{ rows: parameterRows(runs) }], differencesFirst: true },
    { title: 'JSON', groups: jsonGroups(runs) },
    { title: 'Run', groups: [{ rows: metadataRows(runs) }] },
  ];
  return keepRows(sections, () => true);
}

function metadataRows(runs: RunDetails[]): ComparisonRow[] {
  const row = (
    label: string,
    read: (run: RunDetails) => string | null | undefined,
    code = false,
  ): ComparisonRow => {
    const values = runs.map((run) => read(run) || null);
    return { kind: 'text', key: `run ${label}`, label, values, code, differs: differ(values) };
  };
  return [
    row('Status', (run) => statusLabel(run.status)),
    row('Started', (run) => run.startedAt && formatExactTime(run.startedAt)),
    row('Duration', (run) => (run.duration === null ? null : formatDuration(run.duration))),
    row('Memory', (run) => (run.peakMemory === null ? null : formatBytes(run.peakMemory))),
    row('Author', (run) => run.author),
    row('Branch', (run) => run.gitBranch),
    row(
      'Commit',
      (run) => run.gitSha && `${run.gitSha.slice(0, 10)}${run.gitDirty ? ' + changes' : ''}`,
      true,
    ),
    row('Remote', (run) => run.gitRemote, true),
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
      differs: differ(values),
    })),
  }));
}

function jsonGroups(runs: RunDetails[]): ComparisonGroup[] {
  const datasets = [...new Set(runs.flatMap((run) => run.trackedJson.map(({ dataset }) => dataset)))];
  return datasets.map((dataset) => {
    const leaves = runs.map((run) => {
      const tracked = run.trackedJson.find((entry) => entry.dataset === dataset);
      if (tracked === undefined) return new Map<string, string>();
      if (tracked.problem !== null) return new Map([['', tracked.problem]]);
      return writtenLeaves(tracked.data ?? null);
    });
    const paths = [...new Set(leaves.flatMap((of) => [...of.keys()]))];
    return {
      dataset,
      // In the order of the file, which somebody chose.
      rows: paths.map((path) =>
        pathRow(
          `json ${dataset} ${path}`,
          path === '' ? 'value' : path,
          leaves.map((of) => of.get(path) ?? null),
        ),
      ),
    };
  });
}

function parameterRows(runs: RunDetails[]): ComparisonRow[] {
  // Runs of old recorded none; there is none without any in a project that has parameters.
  return namedRows(
    'parameter',
    runs.map(({ parameters }) =>
      parameters.length === 0
        ? undefined
        : new Map(parameters.map(({ name, value }) => [name, writeJson(value ?? null)])),
    ),
  );
}
