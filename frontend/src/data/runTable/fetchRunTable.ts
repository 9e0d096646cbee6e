import { watched } from '../server/access.ts';
import { address } from '../server/address.ts';
import { decodeRunTable } from './decode.ts';
import type { RunTable } from './runTable.ts';

/** Which columns of which runs; see `useRunTable`. */
export type RunTableRequest = {
  /** Names, such as "metrics.evaluate.r2_score", "params.model_options.depth" or "git.branch". */
  columns: readonly string[];
  /** What stands in the query field. */
  search?: string | undefined;
  bookmarked?: boolean | undefined;
  /** Without archived runs (false, or undefined without `runIds`), only them (true), or all (null). */
  archived?: boolean | null | undefined;
  /** Only these runs. */
  runIds?: readonly string[] | undefined;
  /** Only runs that have at least one of the metrics among the columns. */
  withMetrics?: boolean | undefined;
};

/** Why columns could not be had, in words for the user. */
export class RunTableError extends Error {
  /** Where the query is wrong: character offsets. */
  readonly query: { start: number; end: number } | undefined;

  constructor(message: string, query?: { start: number; end: number }) {
    super(message);
    this.name = 'RunTableError';
    this.query = query;
  }
}

/**
 * Asks the server for columns of runs.
 *
 * @throws RunTableError what the server says, or that it cannot be reached
 * @throws MalformedTableError if its answer cannot be read
 */
export async function fetchRunTable(request: RunTableRequest, signal?: AbortSignal): Promise<RunTable> {
  const answer = await reached(
    watched(
      fetch(address('/api/run-columns'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(request),
        signal: signal ?? null,
      }),
    ),
  );
  if (!answer.ok) throw await readError(answer);
  return decodeRunTable(await reached(answer.arrayBuffer()));
}

/** What `fetch` throws where nobody answers has different words in each browser. */
async function reached<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof TypeError ? new RunTableError('The server cannot be reached.') : error;
  }
}

async function readError(answer: Response): Promise<RunTableError> {
  try {
    const { error, query } = await answer.json();
    if (typeof error === 'string') return new RunTableError(error, query);
  } catch {
    // Not from the app itself: a proxy between, or a server that is being stopped.
  }
  return new RunTableError(`The server answered ${answer.status}.`);
}
