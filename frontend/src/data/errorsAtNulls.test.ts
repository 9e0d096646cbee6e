import type { Client as Socket } from 'graphql-ws';
import { gql } from 'urql';
import { afterEach, expect, it, vi } from 'vitest';
import { createGraphqlClient } from './client.ts';

const RUN = gql`query Run { run(id: "a") { id title } }`;
const SERIES = gql`query Series { run(id: "a") { id series { name } } }`;
const SOURCES = gql`query Sources { runMetadata(runIds: ["a", "b"]) { id source { id } } }`;
const FILES = gql`query Files { runMetadata(runIds: ["a", "b"]) { id source { id problem files { path } } } }`;
const PART = gql`query Part { run(id: "a") { id sourceFile(path: "x.py") title } }`;

const FOUND = { data: { run: { __typename: 'Run', id: 'a', title: 'Best' } } };
const refusal = (...path: (string | number)[]) => [
  { message: 'There are too many points.', path, locations: [] },
];

/** A client whose requests are answered one after the other. */
function clientAnswering(...answers: object[]) {
  vi.stubGlobal('fetch', async () => Response.json(answers.shift()));
  return createGraphqlClient(
    { subscribe: () => () => undefined } as unknown as Socket,
    {},
    'http://x/graphql',
  );
}

afterEach(() => vi.unstubAllGlobals());

it('leaves a run where it is when one part of it could not be told', async () => {
  const client = clientAnswering(FOUND, { data: { run: null }, errors: refusal('run', 'series') });
  await client.query(RUN, {});
  const part = await client.query(SERIES, {});
  expect(part.error?.message).toContain('There are too many points.');
  expect(part.data).toBeNull();
  const again = await client.query(RUN, {}, { requestPolicy: 'cache-only' });
  expect(again.data?.run).toMatchObject({ id: 'a', title: 'Best' });
});

it('leaves what is known of two runs when two parts of one could not be told', async () => {
  const runs = ['a', 'b'].map((id) => ({
    __typename: 'Run',
    id,
    source: { __typename: 'SourceSnapshot', id: `of ${id}` },
  }));
  const whole = { ...runs[1], source: { ...runs[1]?.source, problem: null, files: [] } };
  const failed = [{ ...runs[0], source: null }, whole];
  const errors = [
    ...refusal('runMetadata', 0, 'source', 'files'),
    ...refusal('runMetadata', 0, 'source', 'problem'),
  ];
  const client = clientAnswering({ data: { runMetadata: runs } }, { data: { runMetadata: failed }, errors });
  await client.query(SOURCES, {});
  expect((await client.query(FILES, {})).error?.graphQLErrors).toHaveLength(2);
  const again = await client.query(SOURCES, {}, { requestPolicy: 'cache-only' });
  expect(again.data?.runMetadata).toMatchObject([{ source: { id: 'of a' } }, { source: { id: 'of b' } }]);
});

it('blanks only the field that may be null itself', async () => {
  const run = { __typename: 'Run', id: 'a', sourceFile: null, title: 'Best' };
  const client = clientAnswering({ data: { run }, errors: refusal('run', 'sourceFile') });
  const answer = await client.query(PART, {});
  expect(answer.error?.message).toContain('There are too many points.');
  expect(answer.data?.run).toMatchObject({ title: 'Best', sourceFile: null });
});

it('still knows of a run that does not exist', async () => {
  const client = clientAnswering({ data: { run: null } });
  const answer = await client.query(RUN, {});
  expect(answer.error).toBeUndefined();
  expect(answer.data).toMatchObject({ run: null });
});
