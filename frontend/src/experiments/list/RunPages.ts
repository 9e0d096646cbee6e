import type { Client, CombinedError } from 'urql';
import type { RunsQuery as RunsQueryData } from '../../graphql/generated/graphql.ts';
import { type RunFilter, type RunRow, RunsQuery } from './runsQuery.ts';

/** Runs asked for at a time: a few screens. */
export const PAGE_SIZE = 100;

type Connection = RunsQueryData['runs'];
type Page = { after: string | null; content: Connection | undefined; stop: () => void };

/** What the list shows at a moment. */
export type RunPagesSnapshot = {
  rows: RunRow[];
  totalCount: number;
  hasMore: boolean;
  /** No answer yet to this filter; the rows, if any, are those of the filter before. */
  loading: boolean;
  error: CombinedError | undefined;
  /** Runs that appeared while one watched. */
  newIds: ReadonlySet<string>;
};

/**
 * The pages of the list of runs, loaded one after the other as one scrolls. Each page stays subscribed to the cache,
 * so that edits show; `refresh` takes in new runs without a jump.
 */
export class RunPages {
  #snapshot: RunPagesSnapshot;
  #pages: Page[] = [];
  #loadingMore = false;
  /** While pages are asked for anew, what comes in for the old ones would show half of the change. */
  #refreshing = false;
  #generation = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly client: Client,
    /** Undefined while it is not known yet what to ask for. */
    private readonly filter: RunFilter | undefined,
    before?: RunPagesSnapshot,
  ) {
    this.#snapshot = {
      rows: before?.rows ?? [],
      totalCount: before?.totalCount ?? 0,
      hasMore: false,
      loading: true,
      error: undefined,
      newIds: new Set(),
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1 && this.#pages.length === 0) this.#addPage(null);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  getSnapshot = (): RunPagesSnapshot => this.#snapshot;

  /** Asks for the next page, if there is one and it has not been asked for. */
  loadMore = (): void => {
    const last = this.#pages.at(-1)?.content?.pageInfo;
    if (this.#loadingMore || !last?.hasNextPage || last.endCursor === null) return;
    this.#loadingMore = true;
    this.#addPage(last.endCursor);
  };

  /** Tries again after an error. */
  retry = (): void => {
    this.#stop();
    this.#change({ loading: true, error: undefined });
    this.#addPage(null);
  };

  /**
   * Asks the server again for the pages up to the row `lastVisible`, and shows them all at once when they are here.
   * Pages further down are loaded anew when one scrolls there.
   */
  refresh = async (lastVisible: number): Promise<void> => {
    const filter = this.filter;
    if (filter === undefined) return;
    const generation = ++this.#generation;
    const known = new Set(this.#snapshot.rows.map((row) => row.id));
    this.#refreshing = true;
    const wanted = Math.min(this.#pages.length, Math.floor(lastVisible / PAGE_SIZE) + 1);
    const fresh: { after: string | null; content: Connection }[] = [];
    let after: string | null = null;
    do {
      const result = await this.client
        .query(RunsQuery, { first: PAGE_SIZE, after, ...filter }, { requestPolicy: 'network-only' })
        .toPromise();
      // Overtaken by a later refresh, or nobody looks any more. What is shown stays where the server does not answer.
      if (generation !== this.#generation) return;
      if (result.data === undefined) {
        this.#refreshing = false;
        return;
      }
      const content: Connection = result.data.runs;
      fresh.push({ after, content });
      after = content.pageInfo.hasNextPage ? content.pageInfo.endCursor : null;
    } while (after !== null && fresh.length < wanted);
    const appeared = known.size === 0 ? [] : rowsOf(fresh.slice(0, 1)).filter((row) => !known.has(row.id));
    this.#stop();
    this.#generation = generation;
    this.#loadingMore = false;
    for (const { after: from, content } of fresh) {
      const page: Page = { after: from, content, stop: () => {} };
      this.#pages.push(page);
      page.stop = this.#watch(page, filter, 'cache-first');
    }
    this.#change({ newIds: new Set(appeared.map((row) => row.id)), ...this.#summary() });
  };

  #addPage(after: string | null): void {
    const page: Page = { after, content: undefined, stop: () => {} };
    if (this.filter === undefined) return;
    this.#pages.push(page);
    page.stop = this.#watch(page, this.filter, 'cache-and-network');
  }

  #watch(page: Page, filter: RunFilter, requestPolicy: 'cache-first' | 'cache-and-network'): () => void {
    return this.client
      .query(RunsQuery, { first: PAGE_SIZE, after: page.after, ...filter }, { requestPolicy })
      .subscribe(({ data, error, stale }) => {
        if (this.#refreshing || !this.#pages.includes(page)) return;
        if (data) page.content = data.runs;
        if (!stale || data) this.#loadingMore = false;
        if (data) this.#change({ ...this.#summary(), error: undefined });
        else if (error) {
          if (page !== this.#pages[0]) this.#pages = this.#pages.filter((other) => other !== page);
          this.#change({ loading: false, error });
        }
      }).unsubscribe;
  }

  #summary(): Pick<RunPagesSnapshot, 'rows' | 'totalCount' | 'hasMore' | 'loading'> {
    const contents = this.#pages.flatMap(({ content }) => (content ? [{ content }] : []));
    const last = contents.at(-1)?.content;
    return {
      rows: rowsOf(contents),
      totalCount: contents[0]?.content.totalCount ?? 0,
      hasMore: last?.pageInfo.hasNextPage ?? false,
      loading: contents.length === 0,
    };
  }

  #change(part: Partial<RunPagesSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listener of this.#listeners) listener();
  }

  #stop(): void {
    this.#generation += 1;
    this.#refreshing = false;
    for (const page of this.#pages.splice(0)) page.stop();
  }
}

// A run that moved between two requests may stand on two pages.
function rowsOf(pages: { content: Connection }[]): RunRow[] {
  const rows = new Map<string, RunRow>();
  for (const { content } of pages) {
    for (const { node } of content.edges) if (!rows.has(node.id)) rows.set(node.id, node);
  }
  return [...rows.values()];
}
