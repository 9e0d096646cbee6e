import { watched } from '../data/server/access.ts';
import { formatBytes } from '../formatting/bytes.ts';
import { fileProblem } from './fileProblem.ts';

/** The file is larger than it may be; `size` in bytes, as far as it is known. */
export class FigureTooLarge extends Error {
  readonly size: number;

  constructor(size: number) {
    super(`The figure has ${formatBytes(size)}.`);
    this.size = size;
  }
}

/**
 * Fetches a figure's file.
 *
 * @param limit in bytes; reading stops there, whatever the server says of the size
 * @throws FigureTooLarge beyond the limit; Error with a sentence when the server does not answer with the file
 */
export async function fetchFigure(url: string, limit: number, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await watched(fetch(url, { signal }));
  if (!response.ok) throw new Error(await fileProblem(response));
  const announced = Number(response.headers.get('content-length'));
  if (announced > limit) {
    await response.body?.cancel();
    throw new FigureTooLarge(announced);
  }
  if (response.body === null) return new ArrayBuffer(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new FigureTooLarge(size);
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole.buffer;
}
