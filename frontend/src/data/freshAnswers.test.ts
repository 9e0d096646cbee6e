import { Client, type Exchange, gql, makeResult } from '@urql/core';
import { expect, it, vi } from 'vitest';
import { filter, fromPromise, mergeMap, pipe, subscribe } from 'wonka';
import { freshAnswers } from './freshAnswers.ts';

const COUNT = gql`
  {
    count
  }
`;

/** A server that reads when it is asked, and answers when it is let. */
function slowServer() {
  const server = { count: 1, asked: 0, answer: () => {} };
  const exchange: Exchange = () => (operations$) =>
    pipe(
      operations$,
      filter(({ kind }) => kind === 'query'),
      mergeMap((operation) => {
        server.asked += 1;
        const { count } = server;
        return fromPromise(
          new Promise<ReturnType<typeof makeResult>>((resolve) => {
            server.answer = () => resolve(makeResult(operation, { data: { count } }));
          }),
        );
      }),
    );
  const client = new Client({ url: '/graphql', exchanges: [freshAnswers, exchange], preferGetMethod: false });
  return { server, client };
}

it('asks once more for who asks while an answer is under way that may be too old', async () => {
  const { server, client } = slowServer();
  const shown: unknown[] = [];
  pipe(
    client.query(COUNT, {}),
    subscribe(({ data, stale }) => shown.push([data?.count, stale])),
  );
  server.count = 2;
  const fresh = client.query(COUNT, {}, { requestPolicy: 'network-only' }).toPromise();
  server.answer();
  await vi.waitFor(() => expect(server.asked).toBe(2));
  server.answer();
  expect((await fresh).data).toEqual({ count: 2 });
  expect(shown).toEqual([
    [1, true],
    [2, false],
  ]);
});

it('asks no more than once for all who ask meanwhile', async () => {
  const { server, client } = slowServer();
  const fresh = [1, 2, 3].map(() => client.query(COUNT, {}, { requestPolicy: 'network-only' }).toPromise());
  server.answer();
  await vi.waitFor(() => expect(server.asked).toBe(2));
  server.answer();
  expect((await Promise.all(fresh)).map(({ data }) => data)).toEqual(Array(3).fill({ count: 1 }));
  expect(server.asked).toBe(2);
});

it('leaves it at one answer where nobody asks for a fresh one', async () => {
  const { server, client } = slowServer();
  const answers = [1, 2].map(() => client.query(COUNT, {}).toPromise());
  server.answer();
  expect((await Promise.all(answers)).map(({ data, stale }) => [data, stale])).toEqual(
    Array(2).fill([{ count: 1 }, false]),
  );
  expect(server.asked).toBe(1);
});
