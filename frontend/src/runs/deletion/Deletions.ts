import type { Client, CombinedError } from 'urql';
import { announceChanges } from '../../data/changes.ts';
import type { NamedRun } from '../runNames.ts';
import { DeleteRunsMutation, RestoreRunsMutation, RunsToDeleteQuery } from './deletionQueries.ts';

/** A deletion that somebody may want to take back. */
export type DeletionNotice = {
  key: number;
  runs: readonly NamedRun[];
  withFiles: boolean;
  /** `refused`: the runs are still there. `gone`: they cannot be brought back any more. */
  state: 'deleting' | 'deleted' | 'restoring' | 'restored' | 'refused' | 'gone';
  /** Why what was asked for last did not happen. */
  problem?: string;
};

export type DeletionsSnapshot = {
  /** Runs that are deleted, or most likely will be in a moment: they are shown nowhere. */
  deletedIds: ReadonlySet<string>;
  notices: readonly DeletionNotice[];
};

/** What was deleted in this page, which of it is on its way, and how to bring it back. */
export class Deletions {
  #snapshot: DeletionsSnapshot = { deletedIds: new Set(), notices: [] };
  #lastKey = 0;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly client: Client) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): DeletionsSnapshot => this.#snapshot;

  /** Deletes runs. They are gone from the page at once, and back if the server refuses. */
  async delete(runs: readonly NamedRun[], withFiles: boolean): Promise<void> {
    this.#lastKey += 1;
    const key = this.#lastKey;
    const runIds = runs.map(({ id }) => id);
    this.#change({
      deletedIds: new Set([...this.#snapshot.deletedIds, ...runIds]),
      notices: [...this.#snapshot.notices, { key, runs, withFiles, state: 'deleting' }],
    });
    const { data, error } = await this.client.mutation(DeleteRunsMutation, { runIds, withFiles }).toPromise();
    const problem = problemOf(error, data?.deleteRuns);
    if (problem !== undefined) this.#show(runIds);
    this.#update(key, problem === undefined ? { state: 'deleted' } : { state: 'refused', problem });
    announceChanges(['RUNS']);
  }

  /** Brings the runs of a notice back. */
  async restore(key: number): Promise<void> {
    const notice = this.#snapshot.notices.find((other) => other.key === key);
    if (notice === undefined) return;
    this.#update(key, { state: 'restoring', problem: undefined });
    const runIds = notice.runs.map(({ id }) => id);
    const { data, error } = await this.client.mutation(RestoreRunsMutation, { runIds }).toPromise();
    const problem = problemOf(error, data?.restoreRuns);
    if (problem === undefined) await this.#tellRestored(notice, data?.restoreRuns);
    else this.#update(key, { state: 'deleted', problem });
    announceChanges(['RUNS']);
  }

  /** The server passes over what is no longer in its trash: purged when it ended, or brought back by somebody else. */
  async #tellRestored({ key, runs }: DeletionNotice, answer: Answer | undefined): Promise<void> {
    const back = new Set(answer?.runIds);
    const others = runs.filter(({ id }) => !back.has(id)).map(({ id }) => id);
    if (others.length > 0) {
      const { data } = await this.client
        .query(RunsToDeleteQuery, { runIds: others }, { requestPolicy: 'network-only' })
        .toPromise();
      for (const { id } of data?.runMetadata ?? []) back.add(id);
    }
    const gone = runs.filter(({ id }) => !back.has(id));
    this.#show([...back]);
    this.#update(key, gone.length === 0 ? { state: 'restored' } : { state: 'gone', runs: gone });
  }

  /** Takes a notice away; what it tells stays as it is. */
  dismiss(key: number): void {
    this.#change({ notices: this.#snapshot.notices.filter((notice) => notice.key !== key) });
  }

  #show(runIds: readonly string[]): void {
    const shown = new Set(runIds);
    this.#change({ deletedIds: new Set([...this.#snapshot.deletedIds].filter((id) => !shown.has(id))) });
  }

  #update(key: number, part: Partial<DeletionNotice>): void {
    this.#change({
      notices: this.#snapshot.notices.map((notice) => (notice.key === key ? { ...notice, ...part } : notice)),
    });
  }

  #change(part: Partial<DeletionsSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listener of this.#listeners) listener();
  }
}

type Answer = { runIds?: string[]; errorMessage?: string };

function problemOf(error: CombinedError | undefined, answer: Answer | undefined): string | undefined {
  if (error)
    return error.networkError
      ? 'The server could not be reached.'
      : (error.graphQLErrors[0]?.message ?? error.message);
  return answer?.errorMessage;
}
