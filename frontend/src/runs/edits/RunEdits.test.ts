import { Client, type ExchangeIO, type Operation } from '@urql/core';
import { describe, expect, it, vi } from 'vitest';
import { filter, map, pipe } from 'wonka';
import { RunEdits } from './RunEdits.ts';
import { type EditableRun, withEdit } from './runEdit.ts';

/** A server that keeps runs and edits them. */
function createServer() {
  const runs = new Map<string, EditableRun>(
    ['a', 'b'].map((id) => [
      id,
      {
        id,
        title: id,
        startedAt: '2026-10-02T17:28:44Z',
        notes: '',
        bookmark: false,
        archived: false,
        tags: id === 'a' ? ['x'] : [],
      },
    ]),
  );
  const server = { runs, refusing: false };
  const answer = (operation: Operation) => {
    const { runIds, edit } = operation.variables as { runIds: string[]; edit: object };
    const found = runIds.flatMap((id) => runs.get(id) ?? []);
    const data = () => {
      if (operation.kind === 'query') return { runMetadata: found };
      if (server.refusing)
        return { editRuns: { __typename: 'EditFailure', errorMessage: 'Read-only store.' } };
      for (const run of found) runs.set(run.id, withEdit(run, edit));
      return { editRuns: { __typename: 'EditRunsSuccess', runs: found } };
    };
    return { operation, data: data(), stale: false, hasNext: false };
  };
  const exchange = (): ExchangeIO => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind !== 'teardown'),
      map(answer),
    );
  const client = new Client({ url: '/graphql', exchanges: [exchange], preferGetMethod: false });
  return { server, edits: new RunEdits(client) };
}

describe('an edit', () => {
  it('is saved, told and taken back', async () => {
    const { server, edits } = createServer();
    expect(await edits.edit(['a', 'b'], { addTags: ['x'] })).toBeUndefined();
    expect(server.runs.get('b')?.tags).toEqual(['x']);
    const [notice] = edits.getSnapshot();
    expect(notice).toMatchObject({ text: '2 runs tagged x', state: 'done' });
    await edits.undo(notice?.key ?? 0);
    expect(server.runs.get('a')?.tags).toEqual(['x']);
    expect(server.runs.get('b')?.tags).toEqual([]);
    expect(edits.getSnapshot()[0]?.state).toBe('undone');
  });

  it('of a run without a title names it by its start', async () => {
    const { edits } = createServer();
    await edits.edit(['a'], { title: 'Best' });
    expect(edits.getSnapshot()[0]?.text).toMatch(/^Title of “2 Oct 2026, .*” changed$/);
  });

  it('is shown before it is saved', () => {
    const { server, edits } = createServer();
    const seen = vi.fn();
    edits.listen(seen);
    void edits.edit(['a'], { archived: true });
    expect(seen).toHaveBeenCalledExactlyOnceWith(new Set(['a']), { archived: true });
    expect(server.runs.get('a')?.archived).toBe(false);
  });

  it('that is refused says why', async () => {
    const { server, edits } = createServer();
    server.refusing = true;
    expect(await edits.edit(['a'], { title: 'New' })).toBe('Read-only store.');
    expect(edits.getSnapshot()[0]).toMatchObject({ state: 'refused', problem: 'Read-only store.' });
  });

  it('that is refused says why though it was to be quiet', async () => {
    const { server, edits } = createServer();
    server.refusing = true;
    expect(await edits.edit(['a'], { bookmark: true }, true)).toBe('Read-only store.');
    expect(edits.getSnapshot()[0]).toMatchObject({ state: 'refused', problem: 'Read-only store.' });
  });

  it('that changes nothing is not told, nor is a quiet one', async () => {
    const { server, edits } = createServer();
    await edits.edit(['a'], { addTags: ['x'] });
    await edits.edit(['a'], { bookmark: true }, true);
    expect(edits.getSnapshot()).toEqual([]);
    expect(server.runs.get('a')?.bookmark).toBe(true);
  });
});
