import { type RefObject, useEffect } from 'react';
import type { Colouring } from '../runs/colouring.ts';
import { fitCanvas } from '../surface/useCanvas.ts';
import { LineRaster } from './LineRaster.ts';
import { AXIS_MARGIN, lineStyle, paintLines } from './paintParallel.ts';
import type { ParallelAxis } from './parallelAxes.ts';

/** More lines are counted by pixels; fewer are drawn one by one, with smooth edges. */
const FEW = 400;

/** For so long, in ms, lines are counted before the page has its turn again. */
const BUDGET = 10;

/** So many lines between two looks at the clock. */
const PART = 128;

/** The lines of a canvas. All members stay the same as long as they draw the same. */
export type LineLayer = {
  axes: readonly ParallelAxis[];
  /** In an order that any first part of is a fair sample of. */
  rows: Uint32Array;
  /** Of the axes, in pixels. */
  height: number;
  /** One colour for all, or each run's own. */
  colour: string | Colouring;
  /** 1, or less for lines that stand back. */
  strength: number;
};

/**
 * Draws many lines on a canvas, a part of them each frame: so that the page answers while they are drawn, and what was
 * drawn for an earlier state is given up.
 *
 * @param layer undefined for nothing
 */
export function useLineLayer(
  canvas: RefObject<HTMLCanvasElement | null>,
  width: number,
  { axes, rows, height, colour, strength }: LineLayer,
): void {
  useEffect(() => {
    const outer = height + 2 * AXIS_MARGIN;
    const { alpha } = lineStyle(rows.length, height, colour);
    let request = requestAnimationFrame(() => {
      // Cleared in the frame that draws again, so that nothing flickers while a brush is dragged.
      if (rows.length <= FEW) {
        const context = fitCanvas(canvas.current, width, outer);
        if (context)
          paintLines(context, axes, rows, height, lineStyle(rows.length, height, colour, strength));
      } else if (width > 0) {
        count(new LineRaster(width, outer), 0);
      }
    });
    const count = (raster: LineRaster, done: number): void => {
      const until = performance.now() + BUDGET;
      let next = done;
      do {
        const part = rows.subarray(next, next + PART);
        raster.add(axes, part, AXIS_MARGIN, height, typeof colour === 'string' ? undefined : colour);
        next += PART;
      } while (next < rows.length && performance.now() < until);
      const context = fitCanvas(canvas.current, width, outer, 1);
      if (context === undefined) return;
      // While only some are there, each counts for more, so that nothing changes but the detail.
      const share = Math.min(1, next / rows.length);
      raster.show(
        context,
        1 - (1 - alpha) ** (1 / share),
        strength,
        typeof colour === 'string' ? [colour] : colour.colours,
      );
      if (next < rows.length) request = requestAnimationFrame(() => count(raster, next));
    };
    return () => cancelAnimationFrame(request);
  }, [canvas, width, axes, rows, height, colour, strength]);
}
