import type { Pen } from '../frame/pen.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { AxisTick } from '../scales/axes.ts';
import { fitMiddle, fitText } from './fitText.ts';

/** The area between the axes, in pixels. */
export type PlotArea = { left: number; top: number; width: number; height: number };

/** From and to of an axis, in the units of the drawing. */
export type Span = { low: number; high: number };

/** Where a place of the horizontal axis is, in pixels. */
export function toX(area: PlotArea, { low, high }: Span, at: number): number {
  return area.left + ((at - low) / (high - low)) * area.width;
}

/** Where a height is, in pixels. */
export function toY(area: PlotArea, { low, high }: Span, at: number): number {
  return area.top + (1 - (at - low) / (high - low)) * area.height;
}

/** An axis with its marks, and what it is called, if the chart says so itself. */
export type PaintedAxis = Span & { ticks: readonly AxisTick[]; title?: string | undefined };

const TICK = 4;
const LABEL_SIZE = 11;

/** Draws grid lines, the horizontal axis, marks and their labels: what lies behind the data. */
export function paintAxes(
  pen: Pen,
  area: PlotArea,
  x: PaintedAxis,
  y: PaintedAxis,
  colours: ChartColours,
): void {
  const bottom = area.top + area.height;
  const right = area.left + area.width;
  pen.save();
  pen.lineWidth = 1;
  pen.strokeStyle = colours.border;
  pen.font = `${LABEL_SIZE}px ${colours.font}`;
  pen.fillStyle = colours.dimmed;

  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const { at, label } of y.ticks) {
    const height = Math.round(toY(area, y, at)) + 0.5;
    pen.globalAlpha = 0.6;
    strokeLine(pen, area.left, height, right, height);
    pen.globalAlpha = 1;
    pen.fillText(fitText(pen, label, area.left - 8), area.left - 7, height);
  }

  strokeLine(pen, area.left, bottom + 0.5, right, bottom + 0.5);
  pen.textBaseline = 'top';
  let free = Number.NEGATIVE_INFINITY;
  for (const { at, label } of x.ticks) {
    const place = toX(area, x, at);
    strokeLine(pen, Math.round(place) + 0.5, bottom, Math.round(place) + 0.5, bottom + TICK);
    const width = pen.measureText(label).width;
    // A label that would lie over the one before is left out; at the ends of the chart it is pushed inside.
    const middle = Math.min(right + 12 - width / 2, Math.max(width / 2, place));
    if (middle - width / 2 < free) continue;
    free = middle + width / 2 + 6;
    pen.textAlign = 'center';
    pen.fillText(label, middle, bottom + TICK + 4);
  }
  paintTitles(pen, area, x.title, y.title, colours);
  pen.restore();
}

/** The names of the axes: below the horizontal one at its end, and above the vertical one. */
function paintTitles(
  pen: Pen,
  area: PlotArea,
  x: string | undefined,
  y: string | undefined,
  colours: ChartColours,
): void {
  pen.fillStyle = colours.text;
  pen.font = `500 ${LABEL_SIZE}px ${colours.font}`;
  if (x !== undefined) {
    pen.textAlign = 'right';
    pen.textBaseline = 'top';
    pen.fillText(
      fitMiddle(pen, x, area.width),
      area.left + area.width,
      area.top + area.height + TICK + 8 + LABEL_SIZE,
    );
  }
  if (y !== undefined) {
    pen.textAlign = 'left';
    pen.textBaseline = 'top';
    pen.fillText(fitMiddle(pen, y, area.left + area.width - 6), 6, 4);
  }
}

export function strokeLine(pen: Pen, x: number, y: number, toX: number, toY: number): void {
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(toX, toY);
  pen.stroke();
}
