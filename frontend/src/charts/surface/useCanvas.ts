import { type RefObject, useLayoutEffect } from 'react';

/**
 * Draws on a canvas of some size, again whenever what is drawn changes.
 *
 * @param width in pixels of the page; nothing is drawn before it is known
 * @param draw the same function as long as it draws the same
 */
export function useCanvas(
  canvas: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): void {
  useLayoutEffect(() => {
    const context = fitCanvas(canvas.current, width, height);
    if (context) draw(context);
  }, [canvas, width, height, draw]);
}

/**
 * An empty canvas of some size, in pixels of the page; undefined where there is nothing to draw on.
 *
 * @param ratio pixels of the canvas for one of the page; as many as the screen has, if it is not given
 */
export function fitCanvas(
  element: HTMLCanvasElement | null,
  width: number,
  height: number,
  ratio = window.devicePixelRatio || 1,
): CanvasRenderingContext2D | undefined {
  const context = element?.getContext('2d');
  if (!element || !context || width <= 0 || height <= 0) return undefined;
  // To set the size clears the canvas, too.
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
  context.scale(ratio, ratio);
  return context;
}
