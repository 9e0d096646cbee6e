import { MAX_QUERY_CHARACTERS } from '../index.ts';

/** So many are kept. */
export const MAX_RECENT = 12;

/** Queries that somebody has used, the last first, kept in this browser for each project. */
export class RecentQueries {
  readonly #key: string;

  constructor(
    project: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'> = window.localStorage,
  ) {
    this.#key = `kedro-viz.queries.${project}`;
  }

  /** What is kept; nothing where storage is closed to us, or holds something else. */
  read(): string[] {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.#key) ?? '[]');
      if (!Array.isArray(kept)) return [];
      return kept
        .filter((query) => typeof query === 'string' && query !== '' && query.length <= MAX_QUERY_CHARACTERS)
        .slice(0, MAX_RECENT);
    } catch {
      return [];
    }
  }

  /** Puts a query first. */
  add(query: string): void {
    if (query === '' || query.length > MAX_QUERY_CHARACTERS) return;
    const others = this.read().filter((other) => other !== query);
    try {
      this.storage.setItem(this.#key, JSON.stringify([query, ...others].slice(0, MAX_RECENT)));
    } catch {
      // A full or closed storage costs the memory of queries, nothing else.
    }
  }
}
