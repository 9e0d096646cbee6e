import { readFileSync } from 'node:fs';
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { REFRESH_MS } from '../refreshInterval.ts';
import { RunTableError } from './fetchRunTable.ts';
import { useRunTable } from './useRunTable.ts';

const ENCODED = readFileSync('src/data/runTable/testing/table.bin');

type Asked = { body: unknown; signal: AbortSignal; answer: (answer: Response | Error) => void };

let asked: Asked[] = [];

/** The server: each request waits till the test answers it. */
beforeEach(() => {
  asked = [];
  vi.stubGlobal(
    'fetch',
    (url: string, { body, signal }: { body: string; signal: AbortSignal }) =>
      new Promise<Response>((resolve, reject) => {
        expect(url).toBe('/api/run-columns');
        signal.addEventListener('abort', () => reject(signal.reason));
        asked.push({
          body: JSON.parse(body),
          signal,
          answer: (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)),
        });
      }),
  );
});

const table = () => new Response(new Uint8Array(ENCODED));
const refusal = (body: object) => new Response(JSON.stringify(body), { status: 400 });

async function answer(place: number, response: Response | Error) {
  await act(async () => asked[place]?.answer(response));
}

function rendered(initial: Parameters<typeof useRunTable>) {
  return renderHook((args: Parameters<typeof useRunTable>) => useRunTable(...args), {
    initialProps: initial,
  });
}

describe('useRunTable', () => {
  it('asks once for equal requests', async () => {
    const { result, rerender } = rendered([{ columns: ['status'], search: 'main' }]);
    expect(result.current).toMatchObject({ table: undefined, fetching: true });
    rerender([{ columns: ['status'], search: 'main' }]);
    await answer(0, table());
    await waitFor(() => expect(result.current.table?.runIds).toHaveLength(5));
    expect(result.current).toMatchObject({ fetching: false, error: undefined });
    expect(asked.map(({ body }) => body)).toEqual([{ columns: ['status'], search: 'main' }]);
  });

  it('keeps the last table while it asks for another, and gives up what nobody waits for', async () => {
    const { result, rerender } = rendered([{ columns: ['status'] }]);
    await answer(0, table());
    await waitFor(() => expect(result.current.table).toBeDefined());
    const { table: first } = result.current;
    rerender([{ columns: ['author'] }]);
    rerender([{ columns: ['author', 'env'] }]);
    expect(result.current).toMatchObject({ table: first, fetching: true });
    expect(asked.map(({ signal }) => signal.aborted).slice(1)).toEqual([true, false]);
    await answer(2, table());
    await waitFor(() => expect(result.current.fetching).toBe(false));
    expect(result.current.table).not.toBe(first);
    expect(result.current.error).toBeUndefined();
  });

  it('asks again when told to, at most once a second, and ends no request for that', async () => {
    vi.useFakeTimers();
    try {
      const { result } = rendered([{ columns: ['status'] }]);
      // A run logs: there is news while the first answer is on its way.
      for (let i = 0; i < 5; i += 1) act(() => result.current.refetch());
      expect(asked).toHaveLength(1);
      await answer(0, table());
      const { table: first } = result.current;
      expect(first?.runIds).toHaveLength(5);
      expect(asked.map(({ signal }) => signal.aborted)).toEqual([false]);
      expect(result.current.fetching).toBe(true);
      await act(async () => vi.advanceTimersByTime(REFRESH_MS - 1));
      expect(asked).toHaveLength(1);
      await act(async () => vi.advanceTimersByTime(1));
      expect(asked).toHaveLength(2);
      await answer(1, table());
      expect(result.current.fetching).toBe(false);
      expect(result.current.table).not.toBe(first);
      await act(async () => vi.advanceTimersByTime(10 * REFRESH_MS));
      expect(asked).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks at once after a failure', async () => {
    const { result } = rendered([{ columns: ['status'] }]);
    await answer(0, new TypeError('Failed to fetch'));
    await waitFor(() => expect(result.current.error).toBeDefined());
    act(() => result.current.refetch());
    expect(asked).toHaveLength(2);
    await answer(1, table());
    await waitFor(() => expect(result.current).toMatchObject({ error: undefined, fetching: false }));
  });

  it('tells what the server says, and where the query is wrong', async () => {
    const { result, rerender } = rendered([{ columns: ['status'], search: 'x >' }]);
    await answer(0, refusal({ error: 'A value is missing.', query: { start: 3, end: 3 } }));
    await waitFor(() => expect(result.current.error).toBeInstanceOf(RunTableError));
    expect(result.current.error).toMatchObject({
      message: 'A value is missing.',
      query: { start: 3, end: 3 },
    });
    expect(result.current.fetching).toBe(false);
    // An error belongs to its query.
    rerender([{ columns: ['status'], search: 'x > 1' }]);
    expect(result.current).toMatchObject({ error: undefined, fetching: true });
  });

  it.each([
    ['nobody answers', new TypeError('Failed to fetch'), 'The server cannot be reached.'],
    ['something else answers', new Response('<html>', { status: 502 }), 'The server answered 502.'],
    ['the answer is cut', new Response('KVRC'), /^The server's answer cannot be read/],
  ])('tells that %s', async (_, response, message) => {
    const { result } = rendered([{ columns: ['status'] }]);
    await answer(0, response);
    await waitFor(() => expect(result.current.error?.message).toMatch(message));
    expect(result.current.fetching).toBe(false);
  });

  it('asks nothing while it is paused', async () => {
    const { result, rerender } = rendered([{ columns: ['status'] }, true]);
    expect(result.current.fetching).toBe(false);
    expect(asked).toEqual([]);
    rerender([{ columns: ['status'] }, false]);
    expect(asked).toHaveLength(1);
    await answer(0, table());
    await waitFor(() => expect(result.current.table).toBeDefined());
    rerender([{ columns: ['status'] }, true]);
    rerender([{ columns: ['status'] }, false]);
    expect(asked).toHaveLength(1);
  });
});
