import { type CsvValue, toCsv } from '../../formatting/csv.ts';
import type { RunDetails } from '../runQueries.ts';
import { buildComparison } from './buildComparison.ts';

/** Runs side by side as CSV: one column a run, one row a property. */
export function comparisonToCsv(runs: RunDetails[]): string {
  const rows: CsvValue[][] = [
    ['section', 'dataset', 'name', ...runs.map((run) => run.id)],
    ['Run', '', 'Title', ...runs.map((run) => run.title)],
  ];
  for (const { title, groups } of buildComparison(runs)) {
    for (const { dataset, rows: properties } of groups) {
      for (const { label, values } of properties) rows.push([title, dataset ?? '', label, ...values]);
    }
  }
  return toCsv(rows);
}
