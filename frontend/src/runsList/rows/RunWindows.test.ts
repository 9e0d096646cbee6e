import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunRow } from '../runsQuery.ts';
import { type LoadRuns, RunWindows, WINDOW } from './RunWindows.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const rowOf = (id: string) => ({ id, title: id, startedAt: null }) as RunRow;

/** A server that holds the runs `ids` in their order, and answers when it is told to. */
function createServer(ids: string[]) {
  const server = {
    ids,
    asked: [] as { offset: number; first: number; signal: AbortSignal }[],
    waiting: [] as (() => void)[],
    failing: false,
    load: ((offset, first, signal) => {
      server.asked.push({ offset, first, signal });
      return new Promise((resolve, reject) => {
        server.waiting.push(() => {
          if (server.failing) reject(new Error('down'));
          else {
            const rows = server.ids.slice(offset, offset + first).map(rowOf);
            resolve({ totalCount: server.ids.length, rows });
          }
        });
      });
    }) satisfies LoadRuns,
    answer: async () => {
      for (const answer of server.waiting.splice(0)) answer();
      await vi.advanceTimersByTimeAsync(100);
    },
  };
  return server;
}

const named = (count: number) => Array.from({ length: count }, (_, index) => `run ${index}`);

async function open(ids: string[]) {
  const server = createServer(ids);
  const windows = new RunWindows(server.load);
  const close = windows.subscribe(() => {});
  await server.answer();
  /** Scrolls, and waits for what that asks for. */
  const scroll = async (from: number) => {
    windows.view(from, from + 30);
    await vi.advanceTimersByTimeAsync(100);
    await server.answer();
  };
  const idsAt = (from: number, to: number) =>
    windows
      .getSnapshot()
      .rows.slice(from, to)
      .map((row) => row?.id);
  return { server, windows, close, scroll, idsAt };
}

describe('the windows of the list', () => {
  it('begin with the first, and know how many runs there are', async () => {
    const { windows, server } = await open(named(100_000));
    const { rows, loading } = windows.getSnapshot();
    expect(loading).toBe(false);
    expect(rows).toHaveLength(100_000);
    expect(rows[0]?.id).toBe('run 0');
    expect(rows[5000]).toBeUndefined();
    expect(server.asked).toHaveLength(1);
  });

  it('are loaded anywhere, without those before', async () => {
    const { scroll, idsAt, server } = await open(named(100_000));
    await scroll(77_777);
    expect(idsAt(77_777, 77_780)).toEqual(['run 77777', 'run 77778', 'run 77779']);
    expect(server.asked).toHaveLength(2);
    await scroll(10);
    expect(server.asked).toHaveLength(2);
  });

  it('pass over what one scrolls past, and drop what is not wanted any more', async () => {
    const { windows, server } = await open(named(100_000));
    for (let at = 1000; at <= 90_000; at += 1000) windows.view(at, at + 30);
    await vi.advanceTimersByTimeAsync(100);
    windows.view(50_000, 50_030);
    await vi.advanceTimersByTimeAsync(100);
    // The place where it began, the one where one stopped, and the one where one went on to.
    expect(server.asked.length).toBeLessThanOrEqual(4);
    expect(server.asked.at(-1)?.signal.aborted).toBe(false);
    expect(server.asked.slice(1, -1).every(({ signal }) => signal.aborted)).toBe(true);
    expect(server.asked.at(-1)?.offset).toBeLessThanOrEqual(50_000);
  });

  it('are forgotten when there are too many', async () => {
    const { scroll, windows } = await open(named(100_000));
    for (let at = 0; at < 20_000; at += WINDOW) await scroll(at);
    expect(windows.getSnapshot().rows.filter((row) => row !== undefined).length).toBeLessThanOrEqual(4200);
  });

  it('take in new runs without a jump', async () => {
    const { scroll, windows, server, idsAt } = await open(named(1000));
    await scroll(500);
    server.ids = ['new', ...server.ids];
    const refreshed = windows.refresh();
    await server.answer();
    await refreshed;
    expect(windows.getSnapshot().moved.by).toBe(1);
    expect(windows.getSnapshot().rows).toHaveLength(1001);
    expect(idsAt(501, 503)).toEqual(['run 500', 'run 501']);
    // What had been loaded before is still there, as far as anybody knows.
    expect(idsAt(1, 3)).toEqual(['run 0', 'run 1']);
    await scroll(0);
    expect(idsAt(0, 2)).toEqual(['new', 'run 0']);
  });

  it('tell which runs are new', async () => {
    const { windows, server } = await open(named(30));
    server.ids = ['new', ...server.ids];
    const refreshed = windows.refresh();
    await server.answer();
    await refreshed;
    expect([...windows.getSnapshot().newIds]).toEqual(['new']);
  });

  it('stay as they are while the server does not answer', async () => {
    const { windows, server, idsAt } = await open(named(5));
    server.failing = true;
    const refreshed = windows.refresh();
    await server.answer();
    await refreshed;
    expect(idsAt(0, 5)).toEqual(named(5));
    expect(windows.getSnapshot().error).toBeUndefined();
  });

  it('tell of an error when nothing is there, and try again', async () => {
    const server = createServer(named(3));
    server.failing = true;
    const windows = new RunWindows(server.load);
    windows.subscribe(() => {});
    await server.answer();
    expect(windows.getSnapshot().error?.message).toBe('down');
    server.failing = false;
    windows.retry();
    await server.answer();
    expect(windows.getSnapshot()).toMatchObject({ error: undefined, loading: false });
  });

  it('show what was there before until the first answer', async () => {
    const { windows } = await open(named(5));
    const server = createServer(['other']);
    const next = new RunWindows(server.load, windows.getSnapshot());
    next.subscribe(() => {});
    expect(next.getSnapshot()).toMatchObject({ loading: true });
    expect(next.getSnapshot().rows).toHaveLength(5);
    await server.answer();
    expect(next.getSnapshot().rows.map((row) => row?.id)).toEqual(['other']);
  });

  it('show edits at once, and runs that are taken out no more', async () => {
    const { windows, server, idsAt } = await open(named(300));
    windows.edit(new Set(['run 2']), (row) => ({ ...row, title: 'edited' }));
    expect(windows.getSnapshot().rows[2]?.title).toBe('edited');
    windows.remove(new Set(['run 1']));
    expect(windows.getSnapshot().rows).toHaveLength(299);
    expect(idsAt(0, 2)).toEqual(['run 0', 'run 2']);
    const before = server.asked.length;
    // The server still tells of the run: it is not asked before it has answered.
    windows.view(0, 30);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked).toHaveLength(before);
  });

  it('ask nothing when nobody looks', async () => {
    const { windows, close, server } = await open(named(1000));
    windows.view(500, 530);
    close();
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked.slice(1).every(({ signal }) => signal.aborted)).toBe(true);
  });
});
