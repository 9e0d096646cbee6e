import type { WordMatchesQuery } from '../../data/generated/graphql.ts';

/** A word of a search, the field of a run that holds it, and what stands around it there. */
export type WordMatch = WordMatchesQuery['wordMatches'][number][number];

/** Asks the server where the words of the search stand, in the order of the runs. */
export type LoadMatches = (runIds: string[], signal: AbortSignal) => Promise<WordMatch[][]>;

/** Where words were found in the runs that came into view: asked for beside the rows, which never wait for it. */
export class RunMatches {
  readonly #known = new Map<string, readonly WordMatch[]>();
  /** Runs that need not be asked for again. */
  readonly #fresh = new Set<string>();
  #view: readonly string[] = [];
  #asking: AbortController | undefined;
  #version = 0;
  readonly #listeners = new Set<() => void>();

  /** @param load undefined where no words are searched for */
  constructor(private readonly load: LoadMatches | undefined) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#asking?.abort();
      this.#asking = undefined;
    };
  };

  /** Changes with every answer. */
  getSnapshot = (): number => this.#version;

  /** Undefined where it is not known yet; the same array for as long as it stays the same. */
  of(runId: string): readonly WordMatch[] | undefined {
    return this.#known.get(runId);
  }

  /** Tells which runs are in view. While one question is on its way, only the last view counts for the next. */
  view = (runIds: readonly string[]): void => {
    this.#view = runIds;
    void this.#askForView();
  };

  /** Asks anew for what is in view, and for the rest when it comes into view; until then all is as it was. */
  refresh(): void {
    this.#fresh.clear();
    this.#asking?.abort();
    this.#asking = undefined;
    void this.#askForView();
  }

  async #askForView(): Promise<void> {
    if (this.load === undefined || this.#asking !== undefined || this.#listeners.size === 0) return;
    const runIds = this.#view.filter((runId) => !this.#fresh.has(runId));
    if (runIds.length === 0) return;
    const controller = new AbortController();
    this.#asking = controller;
    try {
      const answer = await this.load(runIds, controller.signal);
      if (controller.signal.aborted) return;
      this.#take(runIds, answer);
    } catch {
      // Nothing is told of these runs; the next time that one scrolls, or that runs change, they are asked for again.
      if (this.#asking === controller) this.#asking = undefined;
      return;
    }
    this.#asking = undefined;
    void this.#askForView();
  }

  #take(runIds: readonly string[], answer: readonly WordMatch[][]): void {
    for (const [index, runId] of runIds.entries()) {
      this.#fresh.add(runId);
      const matches = answer[index] ?? [];
      if (JSON.stringify(matches) !== JSON.stringify(this.#known.get(runId))) this.#known.set(runId, matches);
    }
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
