import { fileProblem } from '../fileProblem.ts';

/** Makes small pictures of large image files, away from the page: decoding one of 50 MB takes seconds. */

/** What the page asks for: the picture of a file, no wider or higher than this, in pixels. */
export type ThumbnailRequest = { id: number; url: string; most: number };

/** The picture, with the size of the file's own; or why there is none. */
export type ThumbnailAnswer =
  | { id: number; bitmap: ImageBitmap; width: number; height: number }
  | { id: number; problem: string };

async function make({ id, url, most }: ThumbnailRequest): Promise<ThumbnailAnswer> {
  const response = await fetch(url);
  if (!response.ok) return { id, problem: await fileProblem(response) };
  const whole = await createImageBitmap(await response.blob());
  const { width, height } = whole;
  const scale = Math.min(1, most / Math.max(width, height));
  if (scale === 1) return { id, bitmap: whole, width, height };
  const bitmap = await createImageBitmap(whole, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium',
  });
  whole.close();
  return { id, bitmap, width, height };
}

self.onmessage = async ({ data }: MessageEvent<ThumbnailRequest>) => {
  const answer = await make(data).catch(
    (): ThumbnailAnswer => ({ id: data.id, problem: 'The file could not be read as an image.' }),
  );
  const transfer = 'bitmap' in answer ? [answer.bitmap] : [];
  // The types of a page know a window here, which is asked for an origin.
  self.postMessage(answer, { transfer });
};
