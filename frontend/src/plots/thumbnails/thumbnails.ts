import { address } from '../../data/server/address.ts';
import { LoadingSlots } from '../loadingSlots.ts';
import type { ThumbnailAnswer, ThumbnailRequest } from './worker.ts';

/** A small picture of a large image file, with the size of the file's own. */
export type Thumbnail = { bitmap: ImageBitmap; width: number; height: number };

/** Each holds a whole image decoded, four bytes a pixel. */
const slots = new LoadingSlots(2);

/** So many pictures are kept for those who come back to them; the one used longest ago goes first. */
const MOST_KEPT = 40;
const kept = new Map<string, Thumbnail>();

let worker: Worker | undefined;
let nextId = 0;
const waiting = new Map<number, (answer: ThumbnailAnswer) => void>();

function ask(url: string, most: number): Promise<ThumbnailAnswer> {
  if (worker === undefined) {
    worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<ThumbnailAnswer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    };
  }
  const request: ThumbnailRequest = { id: nextId, url, most };
  nextId += 1;
  worker.postMessage(request);
  return new Promise((resolve) => waiting.set(request.id, resolve));
}

/**
 * Makes the small picture of an image, or finds it.
 *
 * @param most how wide or high it may be, in pixels
 * @param tell is called with the picture, or with why there is none
 * @returns withdraws the request
 */
export function requestThumbnail(
  url: string,
  most: number,
  tell: (result: Thumbnail | string) => void,
): () => void {
  const key = `${most} ${url}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key);
    kept.set(key, known);
    tell(known);
    return () => {};
  }
  let wanted = true;
  let started = false;
  const release = slots.request(false, () => {
    started = true;
    ask(new URL(address(url), window.location.href).href, most).then((answer) => {
      release();
      if ('bitmap' in answer) keep(key, answer);
      if (wanted) tell('bitmap' in answer ? answer : answer.problem);
    });
  });
  return () => {
    wanted = false;
    // One that waits is not begun; one that is being made has its slot until it is made, and is kept.
    if (!started) release();
  };
}

function keep(key: string, thumbnail: Thumbnail): void {
  kept.set(key, thumbnail);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
