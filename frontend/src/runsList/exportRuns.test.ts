import { afterEach, expect, test, vi } from 'vitest';
import { ExportError, exportRuns } from './exportRuns.ts';

afterEach(() => vi.unstubAllGlobals());

function answering(answer: () => Promise<Response>) {
  const asked = vi.fn<typeof fetch>(answer);
  vi.stubGlobal('fetch', asked);
  return asked;
}

test('what the server says against an export is told', async () => {
  answering(async () => Response.json({ error: 'Parquet files need pyarrow.' }, { status: 501 }));
  await expect(exportRuns({ format: 'parquet' })).rejects.toEqual(
    new ExportError('Parquet files need pyarrow.'),
  );
});

test('an answer that is not the app’s is told by its number', async () => {
  answering(async () => new Response('<html>', { status: 502 }));
  await expect(exportRuns({ format: 'csv' })).rejects.toThrow('the server answered 502');
});

test('a server that does not answer, or not to the end, is told', async () => {
  answering(async () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(exportRuns({ format: 'csv' })).rejects.toThrow('did not answer to the end');
  const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('broken')) });
  answering(async () => new Response(broken));
  await expect(exportRuns({ format: 'csv' })).rejects.toThrow('did not answer to the end');
});

test('the server is asked for what is wanted', async () => {
  const asked = answering(async () => Response.json({ error: 'no' }, { status: 400 }));
  await expect(exportRuns({ format: 'json', search: 'a', sort: ['-started'] })).rejects.toThrow('no');
  const [path, request] = asked.mock.calls[0] ?? [];
  expect(path).toBe('/api/export');
  expect(JSON.parse(String(request?.body))).toEqual({ format: 'json', search: 'a', sort: ['-started'] });
});
