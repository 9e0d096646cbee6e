import type { Colouring } from '../runs/colouring.ts';
import type { ParallelAxis } from './parallelAxes.ts';

/** Half the width of the stroke of a value that stands between two gaps, in pixels. */
const LONE = 3;

/** A line alone is at least so dark, however many there are: what lies apart from all others must be seen. */
const FAINTEST = 0.14;

/** Counts of lines beyond this look alike. */
const MOST = 1023;

/**
 * Counts how many lines cross each pixel. Ten thousand lines drawn one by one with all their edges smoothed take a
 * canvas seconds; counted, they take some hundredths of one, and where so many lie over each other nobody sees an edge.
 */
export class LineRaster {
  readonly #width: number;
  readonly #height: number;
  readonly #counts: Uint16Array;
  /** The place in the colouring of the last line that crossed a pixel: rows come mixed, so that colours mix too. */
  readonly #tints: Uint16Array;

  constructor(width: number, height: number) {
    this.#width = Math.max(1, Math.ceil(width));
    this.#height = Math.max(1, Math.ceil(height));
    this.#counts = new Uint16Array(this.#width * this.#height);
    this.#tints = new Uint16Array(this.#counts.length);
  }

  /**
   * Adds the lines of some rows.
   *
   * @param top how far down the axes begin, in pixels
   * @param axisHeight of the axes, in pixels
   */
  add(
    axes: readonly ParallelAxis[],
    rows: Uint32Array,
    top: number,
    axisHeight: number,
    colouring: Colouring | undefined,
  ): void {
    for (let i = 0; i < axes.length; i += 1) {
      const left = axes[i];
      if (left === undefined) return;
      const before = axes[i - 1];
      const right = axes[i + 1];
      for (const row of rows) {
        const from = left.shares[row] ?? Number.NaN;
        if (Number.isNaN(from)) continue;
        const tint = colouring ? (colouring.places[row] ?? 0) : 0;
        const y = top + (left.flipped ? from : 1 - from) * axisHeight;
        const to = right ? (right.shares[row] ?? Number.NaN) : Number.NaN;
        if (right && !Number.isNaN(to)) {
          this.#line(left.x, y, right.x, top + (right.flipped ? to : 1 - to) * axisHeight, tint);
        } else if (before === undefined || Number.isNaN(before.shares[row] ?? Number.NaN)) {
          this.#line(left.x - LONE, y, left.x + LONE, y, tint);
        }
      }
    }
  }

  #line(fromX: number, fromY: number, toX: number, toY: number, tint: number): void {
    const counts = this.#counts;
    const tints = this.#tints;
    const width = this.#width;
    const first = Math.max(0, Math.round(fromX));
    const last = Math.min(width, Math.round(toX));
    const slope = (toY - fromY) / Math.max(1, last - first);
    const step = slope < 0 ? -width : width;
    const lowest = this.#height - 1;
    let y = fromY;
    let pixel = Math.min(lowest, Math.max(0, y | 0)) * width + first;
    for (let x = first; x < last; x += 1) {
      y += slope;
      const next = Math.min(lowest, Math.max(0, y | 0)) * width + x;
      // A steep line covers several pixels of a column.
      do {
        counts[pixel] = (counts[pixel] ?? 0) + 1;
        tints[pixel] = tint;
        if (pixel === next) break;
        pixel += step;
      } while (pixel !== next);
      pixel = next + 1;
    }
  }

  /**
   * Shows what was counted.
   *
   * @param alpha how dark a line is among all others, 0 to 1
   * @param colours of the colouring, or one
   */
  show(context: CanvasRenderingContext2D, alpha: number, strength: number, colours: readonly string[]): void {
    const image = context.createImageData(this.#width, this.#height);
    const pixels = new Uint32Array(image.data.buffer);
    const paints = colours.map(toPaint);
    const shades = Uint32Array.from({ length: MOST + 1 }, (_, count) => {
      const dark = count === 0 ? 0 : Math.max(FAINTEST, 1 - (1 - alpha) ** count);
      return Math.round(255 * strength * dark) << 24;
    });
    const counts = this.#counts;
    for (let i = 0; i < counts.length; i += 1) {
      const count = counts[i] ?? 0;
      if (count === 0) continue;
      pixels[i] = (shades[count > MOST ? MOST : count] ?? 0) | (paints[this.#tints[i] ?? 0] ?? 0);
    }
    context.putImageData(image, 0, 0);
  }
}

/** "#rrggbb" as the bytes of a pixel have it, without its opacity. */
function toPaint(colour: string): number {
  const rgb = Number.parseInt(colour.slice(1, 7), 16);
  return ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16);
}
