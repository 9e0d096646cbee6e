import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cacheExchange } from '@urql/exchange-graphcache';
import { Client, type Exchange, gql, type Operation, Provider } from 'urql';
import { describe, expect, it } from 'vitest';
import { filter, fromPromise, map, mergeMap, pipe } from 'wonka';
import { renderWithTheme } from '../../app/renderWithTheme.tsx';
import { forgetRuns } from '../../data/forgetRuns.ts';
import { DeleteRunsButton } from './DeleteRunsButton.tsx';
import { DeletionNotices } from './DeletionNotices.tsx';
import { DeletionProvider, useDeletionsSnapshot } from './deletionContext.tsx';

type Status = 'SUCCEEDED' | 'RUNNING';

type TestServer = {
  runs: Record<string, Status>;
  trash: Record<string, Status>;
  /** What the mutations were sent with. */
  asked: unknown[];
  /** Why it refuses all mutations. */
  problem: string | undefined;
};

const idsOf = ({ variables }: Operation): string[] => variables?.runIds ?? [];

/** A server with some runs; its answers to mutations wait for `release`. */
function createServer(runs: Record<string, Status>) {
  const server: TestServer = { runs: { ...runs }, trash: {}, asked: [], problem: undefined };
  let release = () => {};
  let released = Promise.resolve();
  const hold = () => {
    released = new Promise((resolve) => {
      release = resolve;
    });
  };
  const mutate = (operation: Operation) => {
    const runIds = idsOf(operation);
    server.asked.push(operation.variables);
    const deleting = operation.variables?.withFiles !== undefined;
    const field = deleting ? 'deleteRuns' : 'restoreRuns';
    if (server.problem !== undefined) {
      return { [field]: { __typename: 'DeletionFailure', errorMessage: server.problem } };
    }
    const [from, to] = deleting ? [server.runs, server.trash] : [server.trash, server.runs];
    const moved = runIds.filter((id) => id in from);
    for (const id of moved) {
      to[id] = from[id] ?? 'SUCCEEDED';
      delete from[id];
    }
    return { [field]: { __typename: deleting ? 'DeleteRunsSuccess' : 'RestoreRunsSuccess', runIds: moved } };
  };
  const read = (operation: Operation) => {
    const runIds = idsOf(operation);
    const found = runIds.flatMap((id) => {
      const status = server.runs[id];
      const run = { __typename: 'Run', id, title: `Title of ${id}`, startedAt: null, status };
      return status === undefined ? [] : [run];
    });
    return { runMetadata: found };
  };
  const exchange: Exchange = () => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind !== 'teardown'),
      mergeMap((operation) =>
        fromPromise(
          operation.kind === 'mutation' ? released.then(() => operation) : Promise.resolve(operation),
        ),
      ),
      map((operation) => ({
        operation,
        data: operation.kind === 'mutation' ? mutate(operation) : read(operation),
        stale: false,
        hasNext: false,
      })),
    );
  const cache = cacheExchange({
    keys: { DeleteRunsSuccess: () => null, RestoreRunsSuccess: () => null, DeletionFailure: () => null },
    updates: { Mutation: { deleteRuns: forgetRuns, restoreRuns: forgetRuns } },
  });
  const client = new Client({ url: '/graphql', exchanges: [cache, exchange], preferGetMethod: false });
  return { server, client, hold, release: () => release() };
}

function Deleted() {
  return <output aria-label="Deleted">{[...useDeletionsSnapshot().deletedIds].join()}</output>;
}

function show(runs: Record<string, Status>, runIds = Object.keys(runs)) {
  const made = createServer(runs);
  renderWithTheme(
    <Provider value={made.client}>
      <DeletionProvider>
        <DeleteRunsButton runIds={runIds} />
        <DeletionNotices />
        <Deleted />
      </DeletionProvider>
    </Provider>,
  );
  return made;
}

const open = async () => {
  await userEvent.click(screen.getByRole('button', { name: /^Delete/ }));
  return within(await screen.findByRole('dialog'));
};
const deletedIds = () => screen.getByRole('status', { name: 'Deleted' }).textContent;
const ended = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`run-${index}`, 'SUCCEEDED' as const]));

describe('deleting runs', () => {
  it('is asked for first, with the number and the titles', async () => {
    const { server } = show(ended(9));
    const dialog = await open();
    expect(screen.getByRole('dialog', { name: 'Delete 9 runs?' })).toBeVisible();
    expect(await dialog.findByText('Title of run-0')).toBeVisible();
    expect(dialog.getByText('and 3 more')).toBeVisible();
    expect(dialog.getByRole('checkbox', { name: /versioned files/ })).not.toBeChecked();
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(server.asked).toEqual([]);
  });

  it('takes them away at once, and can be undone', async () => {
    const { server, hold, release } = show(ended(2));
    const dialog = await open();
    hold();
    await userEvent.click(await dialog.findByRole('button', { name: 'Delete 2 runs' }));
    expect(deletedIds()).toBe('run-0,run-1');
    const notice = screen.getByRole('region', { name: 'Deleting 2 runs …' });
    expect(notice).toHaveFocus();
    release();
    const undo = await screen.findByRole('button', { name: 'Undo' });
    expect(server.asked).toEqual([{ runIds: ['run-0', 'run-1'], withFiles: false }]);
    expect(server.runs).toEqual({});
    await userEvent.click(undo);
    expect(await screen.findByText('2 runs are back')).toBeVisible();
    expect(deletedIds()).toBe('');
    expect(server.runs).toEqual(ended(2));
  });

  it('takes the versioned files along only if that is asked for', async () => {
    const { server } = show(ended(1));
    const dialog = await open();
    await userEvent.click(await dialog.findByRole('checkbox', { name: /versioned files of this run/ }));
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText(/versioned files are removed when/)).toBeVisible();
    expect(server.asked).toEqual([{ runIds: ['run-0'], withFiles: true }]);
  });

  it('leaves out runs that still go on, and names them', async () => {
    const { server } = show({ done: 'SUCCEEDED', going: 'RUNNING' });
    const dialog = await open();
    expect(await dialog.findByText(/still running/)).toHaveTextContent('Title of going');
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    await screen.findByRole('button', { name: 'Undo' });
    expect(server.asked).toEqual([{ runIds: ['done'], withFiles: false }]);
  });

  it('is not offered where all runs still go on, or are gone', async () => {
    show({ going: 'RUNNING' }, ['going', 'gone']);
    const dialog = await open();
    await dialog.findByText(/still running/);
    expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  });

  it('that the server refuses brings them back, and says why', async () => {
    const { server } = show(ended(1));
    server.problem = 'The store is read-only.';
    const dialog = await open();
    await userEvent.click(await dialog.findByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('The store is read-only.')).toBeVisible();
    expect(screen.getByText('“Title of run-0” could not be deleted')).toBeVisible();
    expect(deletedIds()).toBe('');
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  it('can be undone again where the first try failed', async () => {
    const { server } = show(ended(1));
    const dialog = await open();
    await userEvent.click(await dialog.findByRole('button', { name: 'Delete' }));
    server.problem = 'The store is locked.';
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('The store is locked.')).toBeVisible();
    expect(deletedIds()).toBe('run-0');
    server.problem = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('“Title of run-0” is back')).toBeVisible();
  });

  it('cannot be undone once the server has ended since', async () => {
    const { server } = show(ended(3));
    const dialog = await open();
    await userEvent.click(await dialog.findByRole('button', { name: 'Delete 3 runs' }));
    const undo = await screen.findByRole('button', { name: 'Undo' });
    // One was brought back in another window, one is purged.
    server.runs['run-1'] = 'SUCCEEDED';
    delete server.trash['run-1'];
    delete server.trash['run-2'];
    await userEvent.click(undo);
    expect(await screen.findByText('“Title of run-2” cannot be brought back any more')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
    expect(deletedIds()).toBe('run-2');
    expect(Object.keys(server.runs)).toEqual(['run-1', 'run-0']);
  });

  it('is known to what was loaded before', async () => {
    const { client } = show(ended(2));
    const query = gql`
      query Loaded($runIds: [ID!]!) {
        runMetadata(runIds: $runIds) {
          id
          title
        }
      }
    `;
    const titles = async () => {
      const { data } = await client.query(query, { runIds: ['run-0', 'run-1'] });
      return data.runMetadata.map(({ title }: { title: string }) => title);
    };
    expect(await titles()).toHaveLength(2);
    const dialog = await open();
    await userEvent.click(await dialog.findByRole('button', { name: 'Delete 2 runs' }));
    await screen.findByRole('button', { name: 'Undo' });
    await waitFor(async () => expect(await titles()).toEqual([]));
  });
});
