import { type AskQueryHelp, becomingOf, type QueryProblem } from './queryHelp.ts';

/** What stands in the query field. */
export type QueryDraftSnapshot = {
  text: string;
  /** What is wrong with it; then the query that was applied before still is. */
  problem: QueryProblem | undefined;
  /** It may become an expression: it is searched for as words only when that is asked for. */
  waits: boolean;
  /** What is applied, or was until a moment ago, may have a mistake: it was not checked first. */
  unchecked: boolean;
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
 * The query as it is being typed. After a pause it is checked and then applied; one with a mistake is not, so that what
 * was found before stays, nor words that look like the beginning of an expression. When it is submitted, it is applied
 * at once and checked meanwhile.
 */
export class QueryDraft {
  #snapshot: QueryDraftSnapshot;
  #applied: string | undefined;
  /** Applied, but not seen in the address yet. */
  #underway: (string | undefined)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking: AbortController | undefined;
  /** The text that the snapshot's problem is of. */
  #checked: string | undefined;
  #suggesting = false;
  /** Whether what is typed goes on with what was applied last. */
  #goesOn = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    applied: string | undefined,
    private readonly options: QueryDraftOptions,
  ) {
    this.#applied = applied;
    this.#snapshot = { text: applied ?? '', problem: undefined, waits: false, unchecked: false };
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
    // What was said of the text before stays until there is something to say of this one.
    const { problem, waits } = this.#snapshot;
    this.#set(text.trim() === '' ? { text, problem: undefined, waits: false } : { text, problem, waits });
    this.#finishLater();
  }

  /** Told whether suggestions are shown, or looked for: without any, words are nothing but words. */
  suggest(suggesting: boolean): void {
    this.#suggesting = suggesting;
    if (!suggesting && this.#snapshot.waits) this.#finishLater();
  }

  /** Applies the query now: Enter, or an example that was chosen. */
  async submit(text = this.#snapshot.text): Promise<void> {
    this.#cancel();
    if (text !== this.#snapshot.text) this.#set({ text, problem: undefined });
    this.#set({ waits: false });
    // What is typed next is another query, however soon it comes.
    if (this.#isApplied()) return this.leave();
    if (this.#snapshot.problem !== undefined && this.#checked === text) return;
    const before = this.#applied;
    this.#set({ unchecked: text.trim() !== '' });
    this.#apply();
    this.#goesOn = false;
    const found = await this.#check();
    if (found === 'fine') this.leave();
    // What was found before is worth more than that nothing can be found.
    else if (found === 'wrong') this.#applyAgain(before);
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
    this.#set({ text: query ?? '', problem: undefined, waits: false, unchecked: false });
    this.start();
  }

  #isApplied(): boolean {
    return this.#snapshot.text.trim() === (this.#applied ?? '');
  }

  #finishLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#finish(), this.options.pause ?? 300);
  }

  async #finish(): Promise<void> {
    if ((await this.#check()) !== 'fine' || this.#snapshot.waits || this.#isApplied()) return;
    this.#apply();
    this.#goesOn = true;
  }

  #apply(): void {
    this.#applyAgain(this.#snapshot.text.trim() || undefined, !this.#goesOn);
  }

  #applyAgain(query: string | undefined, push = false): void {
    this.#applied = query;
    this.#underway.push(query);
    this.options.apply(query, push);
  }

  /** @returns what is known of the text: `fine` also without an answer, `old` where it has changed meanwhile */
  async #check(): Promise<'fine' | 'wrong' | 'old'> {
    const { text } = this.#snapshot;
    if (text.trim() === '') return 'fine';
    const checking = new AbortController();
    this.#checking?.abort();
    this.#checking = checking;
    // Without an answer the query is applied all the same: the list then says what is wrong.
    const help = await this.options.ask(text, text.length, checking.signal);
    if (checking.signal.aborted) return 'old';
    this.#checked = text;
    const becoming = help === undefined || this.#isApplied() ? 'words' : becomingOf(text, help);
    const waits = becoming === 'field' || (becoming === 'name' && this.#suggesting);
    const wrong = help?.problem !== undefined;
    this.#set({ problem: help?.problem, waits, unchecked: wrong && this.#snapshot.unchecked });
    return wrong ? 'wrong' : 'fine';
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#checking?.abort();
  }

  #set(part: Partial<QueryDraftSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listener of this.#listeners) listener();
  }
}
