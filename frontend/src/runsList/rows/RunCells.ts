import { chooseFormat, type NumberFormat } from '../../formatting/numbers.ts';
import type { JsonValue, NumberValue } from '../../formatting/scalars.ts';
import { parseRunColumn } from '../../runs/runColumns.ts';
import { textOfValue } from '../cells/textOfValue.ts';

/** A value of a metric or parameter; null where a run has none. */
export type CellValue = NumberValue | JsonValue;

/** Values by the name of their column; another object whenever one changed. */
export type RunValues = { get: (column: string) => CellValue | undefined };

export type CellsAnswer = Map<string, readonly CellValue[]>;

/** Asks the server for the values of columns, in the order of the runs. */
export type LoadCells = (
  runIds: string[],
  metrics: string[],
  parameters: string[],
  signal: AbortSignal,
) => Promise<CellsAnswer>;

type KnownRun = { values: Map<string, CellValue>; fresh: Set<string>; told: RunValues };

const SETTLE_MS = 50;
/** Of one question; more are several. */
const MOST_COLUMNS = 200;
/** Values that are kept for scrolling back. */
const MOST_VALUES = 200_000;
/** So many values tell how the numbers of a column are to be written. */
const SAMPLE = 300;

/**
 * The values of metrics and parameters in the table: asked for by the columns and runs in view, a block at a time, and
 * kept for scrolling back, up to a bound.
 */
export class RunCells {
  /** Runs, the one that was in view last at the end. */
  readonly #runs = new Map<string, KnownRun>();
  #size = 0;
  readonly #samples = new Map<string, Set<NumberValue>>();
  readonly #formats = new Map<string, NumberFormat>();
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #usual = new Map<string, string>();
  #version = 0;
  #formatsVersion = 0;
  #view: { runIds: readonly string[]; columns: readonly string[] } = { runIds: [], columns: [] };
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly load: LoadCells) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#asking?.abort();
      this.#asking = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  };

  /** Changes with every answer. */
  getSnapshot = (): number => this.#version;

  /** Changes when values of a column are to be written otherwise. */
  get formatsVersion(): number {
    return this.#formatsVersion;
  }

  of(runId: string): RunValues | undefined {
    return this.#runs.get(runId)?.told;
  }

  /** How the numbers of a column are written: all alike, with the digits that tell them apart. */
  formatOf(column: string): NumberFormat | undefined {
    return this.#formats.get(column);
  }

  /** The value of a parameter, as text, that most runs have; undefined where there is none. */
  usualOf(column: string): string | undefined {
    return this.#usual.get(column);
  }

  /** Tells which metrics and parameters of which runs are in view, so that they are loaded. */
  view = (runIds: readonly string[], columns: readonly string[]): void => {
    this.#view = { runIds, columns };
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

  /** Asks anew for what is in view, and for the rest when it comes into view; until then all is as it was. */
  refresh(): void {
    for (const run of this.#runs.values()) run.fresh.clear();
    this.#asking?.abort();
    this.#asking = undefined;
    this.#askForView();
  }

  #askForView(): void {
    if (this.#asking !== undefined || this.#listeners.size === 0) return;
    this.#askedAt = performance.now();
    const { runIds, columns } = this.#view;
    const lacking = (runId: string) => {
      const fresh = this.#runs.get(runId)?.fresh;
      return fresh === undefined ? columns : columns.filter((column) => !fresh.has(column));
    };
    const wanted = new Set<string>();
    const runs = runIds.filter((runId) => {
      const missing = lacking(runId);
      for (const column of missing) if (wanted.size < MOST_COLUMNS) wanted.add(column);
      return missing.length > 0;
    });
    if (runs.length > 0) void this.#ask(runs, [...wanted]);
  }

  async #ask(runIds: string[], columns: string[]): Promise<void> {
    const controller = new AbortController();
    this.#asking = controller;
    try {
      const named = (source: 'metrics' | 'params') =>
        columns.flatMap((text) => {
          const column = parseRunColumn(text);
          return column?.source === source ? [column.name] : [];
        });
      const answer = await this.load(runIds, named('metrics'), named('params'), controller.signal);
      if (controller.signal.aborted) return;
      this.#take(runIds, columns, answer);
    } catch {
      // The cells stay empty; the next time that one scrolls, or that runs change, they are asked for again.
      if (this.#asking === controller) this.#asking = undefined;
      return;
    }
    this.#asking = undefined;
    this.#askForView();
  }

  #take(runIds: string[], columns: string[], answer: CellsAnswer): void {
    for (const [index, runId] of runIds.entries()) {
      const run = this.#runs.get(runId) ?? {
        values: new Map(),
        fresh: new Set(),
        told: { get: () => undefined },
      };
      this.#runs.delete(runId);
      this.#runs.set(runId, run);
      this.#size -= run.values.size;
      for (const column of columns) {
        run.values.set(column, answer.get(column)?.[index] ?? null);
        run.fresh.add(column);
      }
      this.#size += run.values.size;
      run.told = { get: (column) => run.values.get(column) };
    }
    for (const column of columns) {
      const values = answer.get(column) ?? [];
      this.#sample(column, values);
      if (column.startsWith('params.')) this.#count(column, values);
    }
    this.#forget(new Set(this.#view.runIds));
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  #sample(column: string, values: readonly CellValue[]): void {
    const sample = this.#samples.get(column) ?? new Set<NumberValue>();
    const known = sample.size;
    for (const value of values) {
      if (sample.size < SAMPLE && typeof value === 'number') sample.add(value);
    }
    if (sample.size === known) return;
    this.#samples.set(column, sample);
    const format = chooseFormat(sample);
    const before = this.#formats.get(column);
    if (before?.notation === format.notation && before.digits >= format.digits) return;
    this.#formats.set(column, format);
    this.#formatsVersion += 1;
  }

  #count(column: string, values: readonly CellValue[]): void {
    const counts = this.#counts.get(column) ?? new Map<string, number>();
    this.#counts.set(column, counts);
    let total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const value of values) {
      if (value === null || total >= SAMPLE) continue;
      const text = textOfValue(value);
      counts.set(text, (counts.get(text) ?? 0) + 1);
      total += 1;
    }
    const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
    const usual = most && most[1] > 1 && most[1] * 2 >= total ? most[0] : undefined;
    if (usual === this.#usual.get(column)) return;
    if (usual === undefined) this.#usual.delete(column);
    else this.#usual.set(column, usual);
    this.#formatsVersion += 1;
  }

  #forget(inView: ReadonlySet<string>): void {
    for (const [runId, run] of this.#runs) {
      if (this.#size <= MOST_VALUES) return;
      if (inView.has(runId)) continue;
      this.#size -= run.values.size;
      this.#runs.delete(runId);
    }
  }
}
