import type { Client } from 'urql';
import { type CsvValue, toCsv } from '../../formatting/csv.ts';
import type { RunDetails } from '../runQueries.ts';
import { buildComparison } from './buildComparison.ts';
import {
  ComparedCodeQuery,
  ComparedConfigurationsQuery,
  ComparedDataQuery,
  ComparedEnvironmentsQuery,
} from './comparisonQueries.ts';
import { type ComparisonRow, type ComparisonSection, pathRow } from './comparisonRows.ts';
import { configurationSections } from './configurationSections.ts';
import { dataSections } from './dataSections.ts';
import { environmentSections } from './environmentSections.ts';

/**
 * Runs side by side as CSV: one column a run, one row a property.
 *
 * @param record what `fetchRecord` found of them
 */
export function comparisonToCsv(runs: RunDetails[], record: ComparisonSection[] = []): string {
  const rows: CsvValue[][] = [
    ['section', 'dataset', 'name', ...runs.map((run) => run.id)],
    ['Run', '', 'Title', ...runs.map((run) => run.title)],
  ];
  for (const { title, groups } of [...buildComparison(runs), ...record]) {
    for (const { dataset = '', rows: properties } of groups) {
      for (const row of properties) rows.push(...toCells(row).map((cells) => [title, dataset, ...cells]));
    }
  }
  return toCsv(rows);
}

function toCells(row: ComparisonRow): CsvValue[][] {
  if (row.kind !== 'data') return [[row.label, ...row.values]];
  return (['version', 'size', 'fingerprint', 'path'] as const)
    .map((fact) => [`${row.label} ${fact}`, ...row.values.map((value) => value?.[fact])])
    .filter(([, ...values]) => values.some((value) => value !== null && value !== undefined));
}

/**
 * Asks for what the runs ran with: data, code, environment and configuration.
 *
 * @throws CombinedError if the server does not answer, or not all of it
 */
export async function fetchRecord(client: Client, runIds: string[]): Promise<ComparisonSection[]> {
  const ask = async <Run extends { id: string }>(
    query: Parameters<typeof client.query<{ runMetadata: Run[] }, { runIds: string[] }>>[0],
  ): Promise<(Run | undefined)[]> => {
    const { data, error } = await client.query(query, { runIds }, { requestPolicy: 'network-only' });
    if (data === undefined) throw error ?? new Error('The server sent no answer.');
    return runIds.map((id) => data.runMetadata.find((run) => run.id === id));
  };
  const [data, code, environments, configurations] = await Promise.all([
    ask(ComparedDataQuery),
    ask(ComparedCodeQuery),
    ask(ComparedEnvironmentsQuery),
    ask(ComparedConfigurationsQuery),
  ]);
  const snapshots = code.map((run) => run?.source?.id ?? null);
  const codeRows = snapshots.some((id) => id !== null) ? [pathRow('code', 'snapshot', snapshots)] : [];
  return [
    ...dataSections(data),
    { title: 'Code', groups: [{ rows: codeRows }] },
    ...environmentSections(environments),
    ...configurationSections(configurations),
  ];
}
