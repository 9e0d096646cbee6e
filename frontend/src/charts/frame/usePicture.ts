import { type RefObject, useEffect } from 'react';
import type { ChartPicture } from './chartPicture.ts';

/** Holds what makes a picture of the chart that is drawn in a frame. */
export type PictureRef = RefObject<(() => ChartPicture | undefined) | undefined>;

/**
 * Tells the frame of a chart how to make a picture of it, as it is drawn now.
 *
 * @param make undefined comes back where there is nothing to draw
 */
export function usePicture(picture: PictureRef | undefined, make: () => ChartPicture | undefined): void {
  useEffect(() => {
    if (picture === undefined) return;
    picture.current = make;
    return () => {
      if (picture.current === make) picture.current = undefined;
    };
  });
}
