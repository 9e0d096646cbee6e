import { parseJson } from '../formatting/exactJson.ts';
import type { NumberValue } from '../formatting/scalars.ts';
import { formatExactTime } from '../formatting/time.ts';
import { statusLabel } from '../runs/StatusBadge.tsx';
import type { OverviewRun } from './comparisonQueries.ts';
import {
  type ComparisonGroup,
  type ComparisonRow,
  type ComparisonSection,
  differ,
  keepRows,
  namedRows,
  writeJson,
} from './table/comparisonRows.ts';

/** Lays runs side by side: what each measured, was given and is. */
export function buildComparison(runs: OverviewRun[]): ComparisonSection[] {
  const sections: ComparisonSection[] = [
    { title: 'Metrics', groups: metricGroups(runs) },
    { title: 'Parameters', groups: [{ rows: parameterRows(runs) }], differencesFirst: true },
    { title: 'Run', groups: [{ rows: metadataRows(runs) }] },
  ];
  return keepRows(sections, () => true);
}

function metadataRows(runs: OverviewRun[]): ComparisonRow[] {
  const row = (
    label: string,
    read: (run: OverviewRun) => string | null | undefined,
    code = false,
  ): ComparisonRow => {
    const values = runs.map((run) => read(run) || null);
    return { kind: 'text', key: `run ${label}`, label, values, code, differs: differ(values) };
  };
  const measured = (
    label: string,
    unit: 'seconds' | 'bytes',
    read: (run: OverviewRun) => number | null,
  ): ComparisonRow => {
    const values = runs.map(read);
    return { kind: 'metric', key: `run ${label}`, label, values, unit, differs: differ(values) };
  };
  return [
    row('Status', (run) => statusLabel(run.status)),
    row('Started', (run) => run.startedAt && formatExactTime(run.startedAt)),
    measured('Duration', 'seconds', (run) => run.duration),
    measured('Memory', 'bytes', (run) => run.peakMemory),
    row('Author', (run) => run.author),
    row('Branch', (run) => run.gitBranch),
    row(
      'Commit',
      (run) => run.gitSha && `${run.gitSha.slice(0, 10)}${run.gitDirty ? ' + changes' : ''}`,
      true,
    ),
    row('Remote', (run) => run.gitRemote, true),
    row('Command', (run) => run.runCommand, true),
    row('Project', (run) => run.project),
    row('Pipeline', (run) => run.pipeline),
    row('Environment', (run) => run.env),
    row('Runner', (run) => run.runner),
    row('Kedro', (run) => run.kedroVersion),
    row('Tags', (run) => run.tags.join(', ')),
    row('Notes', (run) => run.notes),
    row('Error', (run) => run.error && `${run.error.type}: ${run.error.message}`),
  ].filter((candidate) => candidate.values.some((value) => value !== null));
}

function metricGroups(runs: OverviewRun[]): ComparisonGroup[] {
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
      metric: id,
      differs: differ(values),
    })),
  }));
}

function parameterRows(runs: OverviewRun[]): ComparisonRow[] {
  // Runs of old recorded none; there is none without any in a project that has parameters.
  return namedRows(
    'parameter',
    runs.map(({ parameters }) =>
      parameters.length === 0
        ? undefined
        : new Map(parameters.map(({ name, json }) => [name, writeJson(parseJson(json))])),
    ),
  );
}
