import type { Client, CombinedError } from 'urql';
import { announceChanges } from '../../data/changes.ts';
import type { RunEdit } from '../../data/generated/graphql.ts';
import { countOf } from '../../formatting/numbers.ts';
import { nameOfRun } from '../runNames.ts';
import { EditableRunsQuery, EditRunsMutation } from './editQueries.ts';
import { inverseEdits, tellEdit } from './runEdit.ts';

/** An edit that somebody may want to take back. */
export type EditNotice = {
  key: number;
  /** What happened, in words. */
  text: string;
  state: 'saving' | 'done' | 'undoing' | 'undone' | 'refused';
  /** Why what was asked for last did not happen. */
  problem?: string;
};

/** Told of edits as they begin; what becomes of them is told as a change of runs. */
export type EditListener = (runIds: ReadonlySet<string>, edit: RunEdit) => void;

type Undo = { runIds: string[]; edit: RunEdit }[];

const UNREACHABLE = 'The server could not be reached; nothing was saved.';

/** Sentences of the last few edits are enough on a page. */
const MOST_NOTICES = 3;

/** What was edited in this page, and how to take it back. */
export class RunEdits {
  #notices: readonly EditNotice[] = [];
  readonly #undos = new Map<number, Undo>();
  #lastKey = 0;
  readonly #subscribers = new Set<() => void>();
  readonly #listeners = new Set<EditListener>();

  constructor(private readonly client: Client) {}

  readonly subscribe = (subscriber: () => void): (() => void) => {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  };

  readonly getSnapshot = (): readonly EditNotice[] => this.#notices;

  /** For those who hold runs of their own, beside the cache. */
  readonly listen = (listener: EditListener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Edits runs: shown everywhere at once, and taken back where the server refuses.
   *
   * @param quietly without a notice that offers to undo it, where that is as easy as the edit itself
   * @returns a sentence where the server refused
   */
  async edit(runIds: readonly string[], edit: RunEdit, quietly = false): Promise<string | undefined> {
    const parts: Undo = [{ runIds: [...runIds], edit }];
    this.#show(parts);
    if (quietly) {
      const problem = await this.#save(parts);
      if (problem !== undefined) {
        this.refused(tellEdit(countOf(runIds.length, 'run'), edit), problem);
      }
      return problem;
    }
    const before = await this.#read(runIds);
    const [only] = before ?? [];
    const what =
      runIds.length === 1 && only ? `“${nameOfRun(only).slice(0, 60)}”` : countOf(runIds.length, 'run');
    const text = tellEdit(what, edit);
    if (before === undefined) {
      announceChanges(['RUNS']);
      this.refused(text, UNREACHABLE);
      return UNREACHABLE;
    }
    const undo = inverseEdits(before, edit);
    if (undo.length === 0) return undefined;
    const key = this.#open({ text, state: 'saving' });
    const problem = await this.#save(parts);
    if (problem === undefined) {
      this.#undos.set(key, undo);
      this.#update(key, { state: 'done' });
    } else {
      this.#update(key, { state: 'refused', problem });
    }
    return problem;
  }

  /**
   * Tells of an edit that was not kept.
   *
   * @param text what was asked for
   */
  refused(text: string, problem: string): void {
    this.#open({ text, state: 'refused', problem });
  }

  /** Takes the edit of a notice back. */
  async undo(key: number): Promise<void> {
    const undo = this.#undos.get(key);
    if (undo === undefined) return;
    this.#update(key, { state: 'undoing', problem: undefined });
    this.#show(undo);
    const problem = await this.#save(undo);
    if (problem === undefined) this.#undos.delete(key);
    this.#update(key, problem === undefined ? { state: 'undone' } : { state: 'done', problem });
  }

  /** Takes a notice away; the edit stays. */
  dismiss(key: number): void {
    this.#undos.delete(key);
    this.#set(this.#notices.filter((notice) => notice.key !== key));
  }

  async #read(runIds: readonly string[]) {
    const { data } = await this.client
      .query(EditableRunsQuery, { runIds: [...runIds] }, { requestPolicy: 'network-only' })
      .toPromise();
    return data?.runMetadata;
  }

  #show(parts: Undo): void {
    for (const { runIds, edit } of parts) {
      const ids = new Set(runIds);
      for (const listener of this.#listeners) listener(ids, edit);
    }
  }

  async #save(parts: Undo): Promise<string | undefined> {
    let problem: string | undefined;
    for (const { runIds, edit } of parts) {
      const { data, error } = await this.client.mutation(EditRunsMutation, { runIds, edit }).toPromise();
      problem ??= problemOf(error, data?.editRuns);
    }
    announceChanges(['RUNS']);
    return problem;
  }

  #open(notice: Omit<EditNotice, 'key'>): number {
    this.#lastKey += 1;
    const notices = [...this.#notices, { ...notice, key: this.#lastKey }];
    for (const { key } of notices.slice(0, -MOST_NOTICES)) this.#undos.delete(key);
    this.#set(notices.slice(-MOST_NOTICES));
    return this.#lastKey;
  }

  #update(key: number, part: Partial<EditNotice>): void {
    this.#set(this.#notices.map((notice) => (notice.key === key ? { ...notice, ...part } : notice)));
  }

  #set(notices: readonly EditNotice[]): void {
    this.#notices = notices;
    for (const subscriber of this.#subscribers) subscriber();
  }
}

/** Why an edit was not kept, in words for people; undefined if it was. */
export function problemOf(
  error: CombinedError | undefined,
  answer: { __typename?: string; errorMessage?: string } | undefined,
): string | undefined {
  if (error) return error.networkError ? UNREACHABLE : (error.graphQLErrors[0]?.message ?? error.message);
  return answer?.__typename === 'EditFailure' ? answer.errorMessage : undefined;
}
