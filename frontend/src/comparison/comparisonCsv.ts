import type { Client } from 'urql';
import { type CsvValue, toCsv } from '../formatting/csv.ts';
import { metricColumn } from '../runs/metricId.ts';
import { buildComparison } from './buildComparison.ts';
import {
  ComparedCodeQuery,
  ComparedConfigurationsQuery,
  ComparedDataQuery,
  ComparedJsonQuery,
  ComparedOverviewQuery,
} from './comparisonQueries.ts';
import { configurationSections } from './data/configurationSections.ts';
import { dataSections } from './data/dataSections.ts';
import { environmentSections } from './data/environmentSections.ts';
import { fetchEnvironments } from './data/environments.ts';
import { jsonSections, jsonTrees } from './json/jsonSections.ts';
import { type ComparisonRow, type ComparisonSection, pathRow } from './table/comparisonRows.ts';

/** Whether the runs are the columns of a table or its rows. */
export type Layout = 'columns' | 'rows';

type NamedRun = { id: string; title: string };

/** Runs side by side as CSV: one column a run and one row a property, or the other way round. */
export function comparisonToCsv(
  runs: readonly NamedRun[],
  sections: readonly ComparisonSection[],
  layout: Layout,
): string {
  const properties: Property[] = [{ name: ['Run', '', 'Title'], values: runs.map((run) => run.title) }];
  for (const { title, groups } of sections) {
    for (const { dataset = '', rows } of groups) {
      for (const row of rows) {
        for (const [label, ...values] of toCells(row)) {
          const metric = row.kind === 'metric' ? row.metric : undefined;
          properties.push({ name: [title, dataset, String(label)], metric, values });
        }
      }
    }
  }
  if (layout === 'columns') {
    const head = ['section', 'dataset', 'name', ...runs.map((run) => run.id)];
    return toCsv([head, ...properties.map(({ name, values }) => [...name, ...values])]);
  }
  return toCsv([
    ['run', ...properties.map(columnName)],
    ...runs.map(({ id }, index) => [id, ...properties.map(({ values }) => values[index])]),
  ]);
}

/** `name` is the section, the dataset in it if there is one, and the property. */
type Property = {
  name: [section: string, dataset: string, label: string];
  /** The id of a metric. */
  metric?: string | undefined;
  values: CsvValue[];
};

/** Metrics and parameters are called what they are called everywhere. */
function columnName({ name: [section, dataset, label], metric }: Property): string {
  if (metric !== undefined) return metricColumn(metric);
  if (section === 'Parameters') return `params.${label}`;
  if (section === 'Run') return label;
  return [section, dataset, label].filter(Boolean).join(' / ');
}

const UNITS = { seconds: ' (seconds)', bytes: ' (bytes)' };

function toCells(row: ComparisonRow): CsvValue[][] {
  if (row.kind !== 'data') {
    const unit = row.kind === 'metric' && row.unit ? UNITS[row.unit] : '';
    return [[`${row.label}${unit}`, ...row.values]];
  }
  return (['version', 'size', 'fingerprint', 'path'] as const)
    .map((fact) => [`${row.label} ${fact}`, ...row.values.map((value) => value?.[fact])])
    .filter(([, ...values]) => values.some((value) => value !== null && value !== undefined));
}

/**
 * Asks for all that is recorded of runs: what they measured, were given and tracked, and what they ran with.
 *
 * @throws CombinedError if the server does not answer, or not all of it
 */
export async function fetchComparison(
  client: Client,
  runIds: string[],
): Promise<{ runs: NamedRun[]; sections: ComparisonSection[] }> {
  const ask = async <Run extends { id: string }>(
    query: Parameters<typeof client.query<{ runMetadata: Run[] }, { runIds: string[] }>>[0],
  ): Promise<Map<string, Run>> => {
    const { data, error } = await client.query(query, { runIds }, { requestPolicy: 'network-only' });
    if (data === undefined) throw error ?? new Error('The server sent no answer.');
    return new Map(data.runMetadata.map((run) => [run.id, run]));
  };
  const [overview, json, data, code, environments, configurations] = await Promise.all([
    ask(ComparedOverviewQuery),
    ask(ComparedJsonQuery),
    ask(ComparedDataQuery),
    ask(ComparedCodeQuery),
    fetchEnvironments(client, runIds),
    ask(ComparedConfigurationsQuery),
  ]);
  const runs = runIds.flatMap((id) => overview.get(id) ?? []);
  const inOrder = <Run>(found: ReadonlyMap<string, Run>) => runs.map(({ id }) => found.get(id));
  const snapshots = inOrder(code).map((run) => run?.source?.id ?? null);
  const codeRows = snapshots.some((id) => id !== null) ? [pathRow('code', 'snapshot', snapshots)] : [];
  return {
    runs,
    sections: [
      ...buildComparison(runs),
      ...jsonSections(jsonTrees(inOrder(json))),
      ...dataSections(inOrder(data)),
      { title: 'Code', groups: [{ rows: codeRows }] },
      ...environmentSections(inOrder(environments)),
      ...configurationSections(inOrder(configurations)),
    ],
  };
}
