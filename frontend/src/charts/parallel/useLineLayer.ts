import { type RefObject, useEffect } from 'react';
import { fitCanvas } from '../surface/useCanvas.ts';

/** Frames that took longer than this, in ms, had too much to draw; shorter ones could have had more. */
const SLOW_FRAME = 40;
const FAST_FRAME = 22;

const FEWEST = 250;
const MOST = 8000;

/** Lines a stroke: within one stroke, lines that cross do not grow darker, so that it must not have many. */
const BUNDLE = 50;

const NO_ROWS = new Uint32Array();

/** How many lines a frame this machine draws in time, as far as that is known by now. */
let linesAFrame = 1000;

/**
 * Draws many lines on a canvas bit by bit, as many a frame as the machine can: so that the page answers while they are
 * drawn, and what was drawn for an earlier state is given up.
 *
 * @param rows in an order that any first part of is a fair sample of; undefined draws nothing
 * @param paint draws some of the rows; the same function as long as it draws the same
 */
export function useLineLayer(
  canvas: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
  rows: Uint32Array | undefined,
  paint: (context: CanvasRenderingContext2D, rows: Uint32Array) => void,
): void {
  useEffect(() => {
    // Cleared in the frame that draws again, so that nothing flickers while a brush is dragged.
    let context: CanvasRenderingContext2D | undefined;
    let done = 0;
    let last: number | undefined;
    let request = 0;
    const all = rows ?? NO_ROWS;
    const step = (now: number): void => {
      context ??= fitCanvas(canvas.current, width, height);
      if (context === undefined) return;
      if (last !== undefined) {
        if (now - last > SLOW_FRAME) linesAFrame = Math.max(FEWEST, linesAFrame * 0.6);
        else if (now - last < FAST_FRAME) linesAFrame = Math.min(MOST, linesAFrame * 1.3);
      }
      last = now;
      const end = Math.min(all.length, done + Math.round(linesAFrame));
      while (done < end) {
        const next = Math.min(end, done + bundle);
        paint(context, all.subarray(done, next));
        done = next;
      }
      if (done < all.length) request = requestAnimationFrame(step);
    };
    // Few lines are strokes of their own, so that dense places grow darker.
    const bundle = Math.max(1, Math.min(BUNDLE, Math.ceil(all.length / 500)));
    request = requestAnimationFrame(step);
    return () => cancelAnimationFrame(request);
  }, [canvas, width, height, rows, paint]);
}
