import { afterEach, expect, it, vi } from 'vitest';
import { fetchKeepingEdits } from './fetchKeepingEdits.ts';

afterEach(() => vi.unstubAllGlobals());

/** Whether a request with this body outlives its page. */
async function outlivesPage(body: string): Promise<boolean> {
  const asked = vi.fn<typeof fetch>(async () => new Response());
  vi.stubGlobal('fetch', asked);
  await fetchKeepingEdits('/graphql', { method: 'POST', body });
  const [, init] = asked.mock.calls[0] ?? [];
  expect(init).toMatchObject({ method: 'POST', body });
  return init?.keepalive === true;
}

it('lets edits outlive the page, unless they are larger than browsers allow', async () => {
  const edit = (notes: string) =>
    JSON.stringify({ query: 'mutation EditRuns { editRuns }', variables: { notes } });
  expect(await outlivesPage(edit('short'))).toBe(true);
  expect(await outlivesPage(edit('long'.repeat(20_000)))).toBe(false);
  expect(await outlivesPage(JSON.stringify({ query: 'query Runs { runs }' }))).toBe(false);
});
