import { watched } from '../data/server/access.ts';
import { address } from '../data/server/address.ts';
import { downloadBlob } from '../formatting/download.ts';

export type ExportFormat = 'csv' | 'json' | 'parquet';

/** What is written of which runs. */
export type RunsExport = {
  format: ExportFormat;
  /** Names of columns; all that any run has without them. */
  columns?: readonly string[];
  /** Names of columns, with a minus in front of those that sort downwards. */
  sort?: readonly string[] | undefined;
  search?: string | undefined;
  bookmarked?: boolean | undefined;
  /** Without archived runs (false or undefined), only them (true), or all (null). */
  archived?: boolean | null | undefined;
  /** These runs instead, in this order. */
  runIds?: readonly string[];
};

/** Why there is no file, in words for the user. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}

/**
 * Has the server write runs into a file, and hands it to the browser's downloads.
 *
 * @throws ExportError what the server says, or that it cannot be reached
 */
export async function exportRuns(wanted: RunsExport): Promise<void> {
  const answer = await reached(
    watched(
      fetch(address('/api/export'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(wanted),
      }),
    ),
  );
  if (!answer.ok) throw new ExportError(await reasonOf(answer));
  downloadBlob(`runs.${wanted.format}`, await reached(answer.blob()));
}

/** Also what is begun may break off: the file is written as it is sent. */
async function reached<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch {
    throw new ExportError('The runs could not be exported: the server did not answer to the end.');
  }
}

async function reasonOf(answer: Response): Promise<string> {
  try {
    const { error } = await answer.json();
    if (typeof error === 'string') return error;
  } catch {
    // Not from the app itself: a proxy between, or a server that is being stopped.
  }
  return `The runs could not be exported: the server answered ${answer.status}.`;
}
