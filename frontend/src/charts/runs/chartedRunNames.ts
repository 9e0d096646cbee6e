import type { RunTable } from '../../data/runTable/runTable.ts';
import { isUntitled, nameOfRun } from '../../runs/runNames.ts';

type NamedRows = Pick<RunTable, 'runIds' | 'titles' | 'startedAt'>;

/** When the run of a row started, as an ISO time; null where that is not known. */
export function startOfRow({ startedAt }: Pick<RunTable, 'startedAt'>, row: number): string | null {
  const date = new Date(startedAt[row] ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function runOfRow(table: NamedRows, row: number) {
  const id = table.runIds[row] ?? '';
  return { id, title: table.titles[row] ?? id, startedAt: startOfRow(table, row) };
}

/** What the run of a row is called: by its title, else by when it started. */
export function nameOfRow(table: NamedRows, row: number): string {
  return nameOfRun(runOfRow(table, row));
}

/** Whether the run of a row is called by when it started. */
export function isCalledByStart(table: NamedRows, row: number): boolean {
  const run = runOfRow(table, row);
  return isUntitled(run) && run.startedAt !== null;
}
