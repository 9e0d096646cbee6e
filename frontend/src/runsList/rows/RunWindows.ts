import type { RunRow } from '../runsQuery.ts';

/** Runs are asked for in windows of so many: a few screens. */
export const WINDOW = 100;
/** Rows that are kept for scrolling back; those that were out of view the longest go first. */
const MOST_ROWS = 4000;
/** While one scrolls fast, the places one passes are not worth a request each. */
const SETTLE_MS = 50;
/** So many rows around those in view are asked for with them. */
const MARGIN = 40;

export type RunRange = { totalCount: number; rows: RunRow[] };

/** Asks the server for `first` runs after the first `offset`. */
export type LoadRuns = (offset: number, first: number, signal: AbortSignal) => Promise<RunRange>;

/** What the list shows at a moment. */
export type RunWindowsSnapshot = {
  /** The runs by their place in the list; undefined where one has not been there yet. */
  rows: readonly (RunRow | undefined)[];
  /** No answer yet to this question; the rows, if any, are those of the question before. */
  loading: boolean;
  error: Error | undefined;
  /** Runs that appeared while one watched. */
  newIds: ReadonlySet<string>;
  /** How many places the runs in view moved down with the last refresh; a new object with each. */
  moved: { by: number };
};

type Pending = { from: number; to: number; controller: AbortController };

/**
 * The list of runs, as far as one has looked at it: windows anywhere in it, loaded as they come into view and forgotten
 * when there are too many. `refresh` takes in what changed on the server, without a jump.
 */
export class RunWindows {
  /** Where one has scrolled to, in pixels. */
  scrollTop = 0;
  #snapshot: RunWindowsSnapshot;
  #rows: (RunRow | undefined)[];
  /** Windows (by number) that need not be asked for again. */
  readonly #fresh = new Set<number>();
  /** Windows of which anything is kept, the one that was in view last at the end. */
  readonly #kept = new Set<number>();
  #pending: Pending[] = [];
  #view = { from: 0, to: WINDOW / 2 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #generation = 0;
  /** Runs were taken out that the server may still tell of: nothing is asked for until the next refresh. */
  #held = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly load: LoadRuns,
    before?: RunWindowsSnapshot,
  ) {
    this.#rows = before?.rows.slice(0, WINDOW) ?? [];
    this.#snapshot = {
      rows: this.#rows,
      loading: true,
      error: undefined,
      newIds: new Set(),
      moved: { by: 0 },
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#askForView();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#drop();
    };
  };

  getSnapshot = (): RunWindowsSnapshot => this.#snapshot;

  /** Tells which rows are in view, so that they are loaded. */
  view = (from: number, to: number): void => {
    this.#view = { from, to };
    if (this.#timer !== undefined) return;
    const wait = this.#askedAt + SETTLE_MS - performance.now();
    if (wait <= 0) this.#askForView();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#askForView();
      }, wait);
    }
  };

  /** Tries again after an error. */
  retry = (): void => {
    this.#change({ loading: true, error: undefined });
    this.#askForView();
  };

  /** Asks anew for what is in view, and keeps it where it is; the rest is asked for when one scrolls there. */
  refresh = async (): Promise<void> => {
    if (this.#snapshot.loading || this.#listeners.size === 0) {
      this.#held = false;
      this.#drop();
      this.#askForView();
      return;
    }
    this.#drop();
    const generation = this.#generation;
    const [first, last] = this.#windowsAround(this.#view.from, this.#view.to);
    const offset = first * WINDOW;
    const pending = this.#begin(offset, (last + 1) * WINDOW);
    const answer = await this.#answerTo(pending);
    // What is shown stays where the server does not answer.
    if (generation !== this.#generation) return;
    this.#held = false;
    if (answer === undefined) return;
    const before = this.#rows;
    const by = shiftOf(before, answer.rows, offset, this.#view.from);
    const known = new Set(before.map((row) => row?.id));
    this.#rows = moved(before, by, answer.totalCount);
    this.#kept.clear();
    for (let at = 0; at < this.#rows.length; at += WINDOW) {
      if (this.#rows.slice(at, at + WINDOW).some((row) => row !== undefined)) this.#kept.add(at / WINDOW);
    }
    this.#fresh.clear();
    this.#place(offset, answer.rows);
    this.#change({
      error: undefined,
      moved: { by },
      newIds: newest(
        answer.rows.filter(({ id }) => !known.has(id)),
        answer.totalCount - before.length,
      ),
    });
    this.#view = { from: this.#view.from + by, to: this.#view.to + by };
    this.#askForView();
  };

  /** Shows an edit before the server has answered. */
  edit(runIds: ReadonlySet<string>, change: (row: RunRow) => RunRow): void {
    this.#rows = this.#rows.map((row) => (row !== undefined && runIds.has(row.id) ? change(row) : row));
    this.#change({});
  }

  /** Takes runs out before the server has. */
  remove(runIds: ReadonlySet<string>): void {
    const rows = this.#rows.filter((row) => row === undefined || !runIds.has(row.id));
    if (rows.length === this.#rows.length) return;
    this.#rows = rows;
    this.#fresh.clear();
    this.#drop();
    this.#held = true;
    this.#change({});
  }

  #windowsAround(from: number, to: number): [number, number] {
    const first = Math.max(0, Math.floor((from - MARGIN) / WINDOW));
    const end = this.#snapshot.loading ? to : Math.min(to + MARGIN, Math.max(0, this.#rows.length - 1));
    return [first, Math.max(first, Math.floor(end / WINDOW))];
  }

  #askForView(): void {
    if (this.#listeners.size === 0 || this.#held || this.#snapshot.error) return;
    this.#askedAt = performance.now();
    const [first, last] = this.#windowsAround(this.#view.from, this.#view.to);
    this.#pending = this.#pending.filter((pending) => {
      const wanted = pending.from < (last + 1) * WINDOW && pending.to > first * WINDOW;
      if (!wanted) pending.controller.abort();
      return wanted;
    });
    let from: number | undefined;
    for (let window = first; window <= last + 1; window += 1) {
      if (window <= last) this.#touch(window);
      const missing = window <= last && !this.#fresh.has(window) && !this.#isPending(window);
      if (missing) from ??= window * WINDOW;
      else if (from !== undefined) {
        void this.#ask(from, window * WINDOW);
        from = undefined;
      }
    }
  }

  async #ask(from: number, to: number): Promise<void> {
    const answer = await this.#answerTo(this.#begin(from, to));
    if (answer === undefined) return;
    if (this.#snapshot.loading || answer.totalCount !== this.#rows.length) {
      // Other runs than those that are here already: these are asked for anew when they come into view.
      this.#fresh.clear();
      this.#rows = this.#snapshot.loading ? [] : this.#rows.slice(0, answer.totalCount);
      this.#rows = grown(this.#rows, answer.totalCount);
    }
    this.#place(from, answer.rows);
    const wasLoading = this.#snapshot.loading;
    this.#change({ loading: false, error: undefined });
    if (wasLoading) this.#askForView();
  }

  #begin(from: number, to: number): Pending {
    const pending = { from, to, controller: new AbortController() };
    this.#pending.push(pending);
    return pending;
  }

  /** Undefined where the question was dropped, or could not be answered. */
  async #answerTo(pending: Pending): Promise<RunRange | undefined> {
    const { from, to, controller } = pending;
    try {
      const answer = await this.load(from, to - from, controller.signal);
      return controller.signal.aborted ? undefined : answer;
    } catch (error) {
      if (!controller.signal.aborted && this.#snapshot.loading) {
        this.#change({ error: error instanceof Error ? error : new Error(String(error)) });
      }
      return undefined;
    } finally {
      this.#pending = this.#pending.filter((other) => other !== pending);
    }
  }

  #place(offset: number, rows: readonly RunRow[]): void {
    this.#rows = this.#rows.slice();
    for (const [index, row] of rows.entries()) {
      if (offset + index < this.#rows.length) this.#rows[offset + index] = row;
    }
    const end = Math.max(offset + rows.length, offset + 1);
    for (let window = offset / WINDOW; window * WINDOW < end; window += 1) {
      this.#fresh.add(window);
      this.#touch(window);
    }
    for (const window of this.#kept) {
      if (this.#kept.size * WINDOW <= MOST_ROWS) break;
      this.#kept.delete(window);
      this.#fresh.delete(window);
      this.#rows.fill(undefined, window * WINDOW, (window + 1) * WINDOW);
    }
  }

  #touch(window: number): void {
    this.#kept.delete(window);
    this.#kept.add(window);
  }

  #isPending(window: number): boolean {
    return this.#pending.some(({ from, to }) => from <= window * WINDOW && window * WINDOW < to);
  }

  #change(part: Partial<RunWindowsSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part, rows: this.#rows };
    for (const listener of this.#listeners) listener();
  }

  #drop(): void {
    this.#generation += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { controller } of this.#pending.splice(0)) controller.abort();
  }
}

function grown(rows: (RunRow | undefined)[], length: number): (RunRow | undefined)[] {
  const longer = rows.slice(0, length);
  while (longer.length < length) longer.push(undefined);
  return longer;
}

/** How far the row in view stands from where it stood; 0 where it is not to be found. */
function shiftOf(
  before: readonly (RunRow | undefined)[],
  rows: readonly RunRow[],
  offset: number,
  at: number,
): number {
  // A run in view may be gone itself: the next one tells as well.
  for (let index = at; index < Math.min(at + 20, before.length); index += 1) {
    const id = before[index]?.id;
    const found = id === undefined ? -1 : rows.findIndex((row) => row.id === id);
    if (found >= 0) return offset + found - index;
  }
  return 0;
}

function moved(rows: readonly (RunRow | undefined)[], by: number, length: number): (RunRow | undefined)[] {
  const result: (RunRow | undefined)[] = grown([], length);
  for (const [index, row] of rows.entries()) {
    if (row !== undefined && index + by >= 0 && index + by < length) result[index + by] = row;
  }
  return result;
}

/** Of rows that were not there before, those that are new: as many as the list has grown by, the last to start. */
function newest(rows: RunRow[], growth: number): Set<string> {
  if (growth <= 0) return new Set();
  const byStart = rows.toSorted((one, other) => (other.startedAt ?? '').localeCompare(one.startedAt ?? ''));
  return new Set(byStart.slice(0, growth).map(({ id }) => id));
}
