import { Client, type ExchangeIO, type Operation } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { filter, map, pipe } from 'wonka';
import { PAGE_SIZE, RunPages } from './RunPages.ts';

/** A server that holds the runs `ids`, newest first, and answers at once. */
function createServer(ids: string[]) {
  const server = { ids, requests: 0, failing: false };
  const answer = (operation: Operation) => {
    server.requests += 1;
    const { first = 0, after = null }: { first?: number; after?: string | null } = operation.variables ?? {};
    const from = after === null ? 0 : server.ids.indexOf(after) + 1;
    const page = server.ids.slice(from, from + first);
    const runs = {
      totalCount: server.ids.length,
      pageInfo: { hasNextPage: from + first < server.ids.length, endCursor: page.at(-1) ?? null },
      edges: page.map((id) => ({ node: { id, title: id } })),
    };
    return { operation, data: server.failing ? undefined : { runs }, stale: false, hasNext: false };
  };
  const exchange = (): ExchangeIO => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind === 'query'),
      map(answer),
    );
  return { server, client: new Client({ url: '/graphql', exchanges: [exchange], preferGetMethod: false }) };
}

const named = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `run ${from + index}`);

function open(ids: string[]) {
  const { server, client } = createServer(ids);
  const pages = new RunPages(client, { metrics: [] });
  const close = pages.subscribe(() => {});
  return { server, pages, close, idsShown: () => pages.getSnapshot().rows.map((run) => run.id) };
}

describe('the pages of the list', () => {
  it('begin with the first, and say how many runs there are', () => {
    const { pages, idsShown } = open(named(250));
    expect(idsShown()).toEqual(named(PAGE_SIZE));
    expect(pages.getSnapshot()).toMatchObject({ totalCount: 250, hasMore: true, loading: false });
  });

  it('come one after the other until there are no more', () => {
    const { pages, idsShown, server } = open(named(250));
    for (let turn = 0; turn < 5; turn += 1) pages.loadMore();
    expect(idsShown()).toEqual(named(250));
    expect(pages.getSnapshot().hasMore).toBe(false);
    expect(server.requests).toBe(3);
  });

  it('take in new runs without losing or doubling any', async () => {
    const { pages, idsShown, server } = open(named(150));
    pages.loadMore();
    server.ids = ['new', ...server.ids];
    await pages.refresh(140);
    expect(idsShown()).toEqual(['new', ...named(150)]);
    expect([...pages.getSnapshot().newIds]).toEqual(['new']);
    expect(pages.getSnapshot().totalCount).toBe(151);
  });

  it('ask anew only for what has been seen', async () => {
    const { pages, server } = open(named(500));
    for (let turn = 0; turn < 5; turn += 1) pages.loadMore();
    const before = server.requests;
    await pages.refresh(30);
    // One page from the server, and the same once more from the cache, which this client lacks.
    expect(server.requests - before).toBeLessThanOrEqual(2);
  });

  it('stay as they are while the server does not answer', async () => {
    const { pages, idsShown, server } = open(named(5));
    server.failing = true;
    await pages.refresh(0);
    expect(idsShown()).toEqual(named(5));
  });

  it('forget runs that are gone', async () => {
    const { pages, idsShown, server } = open(named(3));
    server.ids = ['run 0', 'run 2'];
    await pages.refresh(2);
    expect(idsShown()).toEqual(['run 0', 'run 2']);
  });
});
