import { gql } from '@urql/core';
import { expect, it, vi } from 'vitest';
import { ask } from './ask.ts';

const QUESTION = gql<{ count: number }, { at: number }>`
  query Count($at: Int!) {
    count(at: $at)
  }
`;

function serve(...answers: (object | Error)[]) {
  const server = vi.fn((_url: string, init: RequestInit) => {
    const answer = answers[Math.min(server.mock.calls.length, answers.length) - 1];
    if (init.signal?.aborted) return Promise.reject(new DOMException('dropped', 'AbortError'));
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(Response.json(answer));
  });
  vi.stubGlobal('fetch', server);
  return server;
}

it('each question is asked, also one that was asked before', async () => {
  const server = serve({ data: { count: 1 } }, { data: { count: 2 } });
  expect(await ask(QUESTION, { at: 0 })).toEqual({ count: 1 });
  expect(await ask(QUESTION, { at: 0 })).toEqual({ count: 2 });
  const body = JSON.parse(String(server.mock.calls[0]?.[1].body));
  expect(body).toMatchObject({ operationName: 'Count', variables: { at: 0 } });
});

it('part of an answer is no answer, and errors tell what is wrong', async () => {
  serve({ data: { count: 1 }, errors: [{ message: 'No.', extensions: { query: { start: 1, end: 2 } } }] });
  await expect(ask(QUESTION, { at: 0 })).rejects.toMatchObject({
    graphQLErrors: [{ message: 'No.', extensions: { query: { start: 1, end: 2 } } }],
  });
});

it('a server that does not answer is told from one that refuses', async () => {
  serve(new TypeError('Failed to fetch'));
  await expect(ask(QUESTION, { at: 0 })).rejects.toMatchObject({
    networkError: { message: 'Failed to fetch' },
  });
});

it('a question can be dropped', async () => {
  serve({ data: { count: 1 } });
  await expect(ask(QUESTION, { at: 0 }, AbortSignal.abort())).rejects.toBeDefined();
});
