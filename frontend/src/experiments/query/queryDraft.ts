import type { AskQueryHelp, QueryProblem } from './queryHelp.ts';

/** What stands in the query field. */
export type QueryDraftSnapshot = {
  text: string;
  /** What is wrong with it; then the query that was applied before still is. */
  problem: QueryProblem | undefined;
};

type QueryDraftOptions = {
  ask: AskQueryHelp;
  /** Told of each query that can be answered; `push` once for what is typed in one go. */
  apply: (query: string | undefined, push: boolean) => void;
  /** Told of a query that somebody has finished. */
  remember: (query: string) => void;
  /** How long nothing is typed before the query is applied, in milliseconds. */
  pause?: number;
};

/**
 * The query as it is being typed. After a pause, or at once when it is submitted, it is checked and then applied; one
 * with a mistake is not, so that what was found before stays.
 */
export class QueryDraft {
  #snapshot: QueryDraftSnapshot;
  #applied: string | undefined;
  /** Applied, but not seen in the address yet. */
  #underway: (string | undefined)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking: AbortController | undefined;
  /** Whether what is typed goes on with what was applied last. */
  #goesOn = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    applied: string | undefined,
    private readonly options: QueryDraftOptions,
  ) {
    this.#applied = applied;
    this.#snapshot = { text: applied ?? '', problem: undefined };
  }

  get snapshot(): QueryDraftSnapshot {
    return this.#snapshot;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Checks the query that is there at first: an address may have been written by hand. */
  start(): void {
    if (this.#snapshot.text !== '') void this.#check();
  }

  stop(): void {
    this.#cancel();
  }

  type(text: string): void {
    this.#cancel();
    this.#set({ text, problem: text.trim() === '' ? undefined : this.#snapshot.problem });
    this.#timer = setTimeout(() => void this.#finish(), this.options.pause ?? 300);
  }

  /** Applies the query now: Enter, or an example that was chosen. */
  async submit(text = this.#snapshot.text): Promise<void> {
    this.#cancel();
    if (text !== this.#snapshot.text) this.#set({ text, problem: undefined });
    // It may have been applied already, and what is typed next is another query, however soon it comes.
    if (this.#isApplied()) this.leave();
    else if (await this.#finish()) this.leave();
  }

  /** What is typed from now on is another query. */
  leave(): void {
    this.#goesOn = false;
    const { text, problem } = this.#snapshot;
    if (text.trim() !== '' && problem === undefined && this.#isApplied()) this.options.remember(text.trim());
  }

  /** Takes over what the address says, unless it says what was applied from here. */
  follow(query: string | undefined): void {
    const seen = this.#underway.lastIndexOf(query);
    if (seen >= 0) {
      this.#underway.splice(0, seen + 1);
      return;
    }
    if (query === this.#applied) return;
    this.#cancel();
    this.#underway = [];
    this.#goesOn = false;
    this.#applied = query;
    this.#set({ text: query ?? '', problem: undefined });
    this.start();
  }

  #isApplied(): boolean {
    return this.#snapshot.text.trim() === (this.#applied ?? '');
  }

  /** @returns whether the query is applied, now or before */
  async #finish(): Promise<boolean> {
    if (!(await this.#check())) return false;
    const query = this.#snapshot.text.trim() || undefined;
    if (query === this.#applied) return true;
    this.#applied = query;
    this.#underway.push(query);
    this.options.apply(query, !this.#goesOn);
    this.#goesOn = true;
    return true;
  }

  /** @returns whether nothing is known to be wrong with the text; false, too, where it has changed meanwhile */
  async #check(): Promise<boolean> {
    const { text } = this.#snapshot;
    if (text.trim() === '') return true;
    const checking = new AbortController();
    this.#checking?.abort();
    this.#checking = checking;
    // Without an answer the query is applied all the same: the list then says what is wrong.
    const help = await this.options.ask(text, text.length, checking.signal);
    if (checking.signal.aborted) return false;
    this.#set({ text, problem: help?.problem });
    return help?.problem === undefined;
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#checking?.abort();
  }

  #set(snapshot: QueryDraftSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
