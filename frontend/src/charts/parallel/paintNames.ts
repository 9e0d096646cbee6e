import type { Pen } from '../frame/pen.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import { fitMiddle } from '../surface/fitText.ts';
import { type ParallelAxis, SIDE } from './parallelAxes.ts';

/** Above the axes of a saved picture, in pixels. */
export const NAMES_HEIGHT = 34;

/** Where the picture is opened, the app's typeface may be missing, and another one be wider. */
const FONTS_DIFFER = 0.86;

/** Draws the names of the axes, which on the page are elements, for a picture that is saved. */
export function paintNames(pen: Pen, axes: readonly ParallelAxis[], colours: ChartColours): void {
  const [first, second] = axes;
  const gap = first && second ? second.x - first.x : 2 * SIDE;
  const room = Math.min(gap - 8, 2 * SIDE + 40);
  pen.save();
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  for (const { x, label, group, flipped } of axes) {
    // Beside the edge there is as much room as on its other side.
    const own = FONTS_DIFFER * Math.min(room, 2 * x, 2 * ((axes.at(-1)?.x ?? x) + SIDE - x));
    pen.font = `11px ${colours.font}`;
    pen.fillStyle = colours.dimmed;
    if (group !== '') pen.fillText(fitMiddle(pen, group, own), x, 11);
    pen.font = `600 12px ${colours.font}`;
    pen.fillStyle = colours.text;
    pen.fillText(fitMiddle(pen, flipped ? `${label} ↓` : label, own), x, 26);
  }
  pen.restore();
}
