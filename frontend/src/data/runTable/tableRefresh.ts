import { REFRESH_MS } from '../refreshInterval.ts';
import { fetchRunTable, type RunTableRequest } from './fetchRunTable.ts';
import type { RunTable } from './runTable.ts';

type Outcome = { table: RunTable } | { error: unknown };

/**
 * Keeps the answer to one request fresh. What changes while the server answers never ends that request: an answer that is
 * late is worth more than none. It is asked once more afterwards, at most every `REFRESH_MS`.
 */
export class TableRefresh {
  readonly #stop = new AbortController();
  #loading = false;
  #stale = false;
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onOutcome told of each answer; `fresh` where nothing changed meanwhile */
  constructor(
    private readonly request: RunTableRequest,
    private readonly onOutcome: (outcome: Outcome, fresh: boolean) => void,
  ) {}

  /** Asks, as soon as it may. */
  ask(): void {
    if (this.#loading) {
      this.#stale = true;
    } else if (this.#timer === undefined) {
      const wait = this.#lastAt + REFRESH_MS - performance.now();
      if (wait <= 0) void this.#load();
      else this.#timer = setTimeout(() => void this.#load(), wait);
    }
  }

  /** Nobody waits any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  async #load(): Promise<void> {
    this.#timer = undefined;
    this.#loading = true;
    this.#stale = false;
    let outcome: Outcome;
    try {
      outcome = { table: await fetchRunTable(this.request, this.#stop.signal) };
      this.#lastAt = performance.now();
    } catch (error) {
      // Whoever asks again after a failure need not wait.
      outcome = { error };
    }
    this.#loading = false;
    if (this.#stop.signal.aborted) return;
    const stale = this.#stale;
    this.onOutcome(outcome, !stale);
    if (stale) this.ask();
  }
}
