import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { FigureTooLarge, fetchFigure } from './fetchFigure.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on a port has an address with one.
  const { port } = started.address() as AddressInfo;
  return `http://127.0.0.1:${port}/figure.json`;
}

const never = new AbortController().signal;

it('fetches a file as it is', async () => {
  const url = await serve((_, response) => response.end('{"data": []}'));
  const figure = await fetchFigure(url, 1000, never);
  expect(new TextDecoder().decode(figure)).toBe('{"data": []}');
});

it('does not read a file that says it is too large', async () => {
  const url = await serve((_, response) => response.end('x'.repeat(5000)));
  await expect(fetchFigure(url, 1000, never)).rejects.toEqual(new FigureTooLarge(5000));
});

it('stops reading a file that never ends', async () => {
  const url = await serve((_, response) => {
    const send = (): void => {
      while (response.write('x'.repeat(10_000))) {
        // On until the other side is full.
      }
      response.once('drain', send);
    };
    send();
  });
  await expect(fetchFigure(url, 100_000, never)).rejects.toThrow(FigureTooLarge);
});

it('says that a file has gone', async () => {
  const url = await serve((_, response) => response.writeHead(404).end());
  await expect(fetchFigure(url, 1000, never)).rejects.toThrow('no longer there');
});

it('says why there is no file as the server says it', async () => {
  const url = await serve((_, response) => {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"detail": "The catalog entry of \'plot\' cannot be used."}');
  });
  await expect(fetchFigure(url, 1000, never)).rejects.toThrow("The catalog entry of 'plot' cannot be used.");
});
