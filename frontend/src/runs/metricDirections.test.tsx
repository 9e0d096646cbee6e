import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Client, type Exchange, Provider } from 'urql';
import { describe, expect, it } from 'vitest';
import { filter, map, pipe } from 'wonka';
import { RunEditsProvider, useRunEdits } from './edits/editsContext.tsx';
import { useSetMetricDirection } from './metricDirections.ts';

type Answer = { data?: unknown; error?: unknown };

/** The hook, with the notices that are shown to people; the server gives one answer to all. */
function setup(answer: Answer) {
  const exchange: Exchange = () => (operations$) =>
    pipe(
      operations$,
      filter(({ kind }) => kind === 'mutation'),
      // The client knows answers only as their exchange makes them.
      map((operation) => ({ operation, stale: false, hasNext: false, data: undefined, ...answer }) as never),
    );
  const client = new Client({ url: '/graphql', exchanges: [exchange], preferGetMethod: false });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <Provider value={client}>
      <RunEditsProvider>{children}</RunEditsProvider>
    </Provider>
  );
  return renderHook(() => ({ set: useSetMetricDirection(), edits: useRunEdits() }), { wrapper }).result;
}

async function noticesAfter(answer: Answer) {
  const result = setup(answer);
  await act(() => result.current.set('scores.accuracy', 'LOWER'));
  return result.current.edits.getSnapshot();
}

const NOT_KEPT = 'better direction of scores.accuracy';

describe('a direction of a metric', () => {
  it('that the store refuses is told with its reason', async () => {
    const refused = { __typename: 'EditFailure', errorMessage: 'The session store is locked.' };
    expect(await noticesAfter({ data: { setMetricDirection: refused } })).toMatchObject([
      { state: 'refused', text: NOT_KEPT, problem: 'The session store is locked.' },
    ]);
  });

  it('that the server refuses is told in its words, without those of a library', async () => {
    const error = { message: '[GraphQL] Read-only.', graphQLErrors: [{ message: 'Read-only.' }] };
    expect(await noticesAfter({ error })).toMatchObject([
      { state: 'refused', text: NOT_KEPT, problem: 'Read-only.' },
    ]);
  });

  it('that does not reach the server is told', async () => {
    const error = { message: '[Network] x', networkError: new Error('x'), graphQLErrors: [] };
    expect(await noticesAfter({ error })).toMatchObject([
      { state: 'refused', problem: 'The server could not be reached; nothing was saved.' },
    ]);
  });

  it('that is kept needs no words', async () => {
    const kept = { __typename: 'SetMetricDirectionSuccess' };
    expect(await noticesAfter({ data: { setMetricDirection: kept } })).toEqual([]);
  });
});
