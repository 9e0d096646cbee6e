import type { Pen } from '../frame/pen.ts';
import { type ChartColours, runColour } from '../runs/chartColours.ts';
import type { Colouring } from '../runs/colouring.ts';
import { fitMiddle } from '../surface/fitText.ts';
import type { Brushes } from './brushes.ts';
import { type Span, spansOf } from './brushes.ts';
import { type ParallelAxis, yOf } from './parallelAxes.ts';

/** Free space above and below the axes, in pixels: half a mark's label. */
export const AXIS_MARGIN = 10;

/** Discs on each axis, of so many compared runs; of more, only the lines. */
const MOST_WITH_DISCS = 30;

/** How lines are drawn. */
export type LineStyle = {
  /** How dark each line is, 0 to 1. */
  alpha: number;
  width: number;
  /** One colour for all, or each run's own. */
  colour: string | Colouring;
};

/**
 * Few lines are clear, of many only their bundles: so that about half of a pixel's colour comes from all that cross it.
 */
export function lineStyle(
  count: number,
  height: number,
  colour: string | Colouring,
  strength = 1,
): LineStyle {
  return {
    alpha: strength * (1 - 0.35 ** (1 / Math.max(1, count / height))),
    width: count > 2000 ? 0.75 : 1.25,
    colour,
  };
}

/** Draws the lines of some rows, in as few strokes as there are colours. */
export function paintLines(
  pen: Pen,
  axes: readonly ParallelAxis[],
  rows: Uint32Array,
  height: number,
  { alpha, width, colour }: LineStyle,
): void {
  pen.save();
  pen.translate(0, AXIS_MARGIN);
  pen.lineJoin = 'round';
  pen.lineWidth = width;
  pen.globalAlpha = alpha;
  if (typeof colour === 'string') {
    strokeRows(pen, axes, rows, height, colour);
  } else {
    const groups: number[][] = colour.colours.map(() => []);
    for (const row of rows) groups[colour.places[row] ?? groups.length - 1]?.push(row);
    for (const [place, group] of groups.entries()) {
      if (group.length > 0) strokeRows(pen, axes, group, height, colour.colours[place] ?? '');
    }
  }
  pen.restore();
}

function strokeRows(
  pen: Pen,
  axes: readonly ParallelAxis[],
  rows: Iterable<number>,
  height: number,
  colour: string,
): void {
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const row of rows) traceRow(pen, axes, row, height);
  pen.stroke();
}

// Straight into the path: at 10,000 runs, building a list of pieces for each would cost more than drawing them.
function traceRow(pen: Pen, axes: readonly ParallelAxis[], row: number, height: number): void {
  let drawing = false;
  for (let i = 0; i < axes.length; i += 1) {
    const axis = axes[i];
    if (axis === undefined) return;
    const share = axis.shares[row] ?? Number.NaN;
    if (Number.isNaN(share)) {
      drawing = false;
      continue;
    }
    const y = (axis.flipped ? share : 1 - share) * height;
    if (drawing) {
      pen.lineTo(axis.x, y);
      continue;
    }
    pen.moveTo(axis.x, y);
    drawing = true;
    // A value between two gaps: a short stroke, since a line of no length is not drawn.
    if (Number.isNaN(axes[i + 1]?.shares[row] ?? Number.NaN)) {
      pen.moveTo(axis.x - 3, y);
      pen.lineTo(axis.x + 3, y);
    }
  }
}

/** Draws the compared runs above all others. */
export function paintMarked(
  pen: Pen,
  axes: readonly ParallelAxis[],
  height: number,
  marked: readonly (number | undefined)[],
  pass: Uint8Array | undefined,
  colours: ChartColours,
): void {
  const many = marked.length > MOST_WITH_DISCS;
  pen.save();
  pen.translate(0, AXIS_MARGIN);
  for (const [position, row] of [...marked.entries()].reverse()) {
    if (row === undefined) continue;
    pen.globalAlpha = pass === undefined || pass[row] === 1 ? 1 : 0.35;
    const colour = runColour(colours, position);
    if (many) {
      pen.lineWidth = 1.5;
      strokeRows(pen, axes, [row], height, colour);
    } else {
      paintRun(pen, axes, row, height, colour, colours.surface);
    }
  }
  pen.restore();
}

/** One run, with a halo and a disc on each axis. */
export function paintRun(
  pen: Pen,
  axes: readonly ParallelAxis[],
  row: number,
  height: number,
  colour: string,
  halo: string,
): void {
  pen.lineJoin = 'round';
  pen.lineWidth = 5.5;
  strokeRows(pen, axes, [row], height, halo);
  pen.lineWidth = 2.5;
  strokeRows(pen, axes, [row], height, colour);
  pen.fillStyle = colour;
  pen.strokeStyle = halo;
  pen.lineWidth = 1.5;
  for (const axis of axes) {
    const y = yOf(axis, axis.shares[row] ?? Number.NaN, height);
    if (Number.isNaN(y)) continue;
    pen.beginPath();
    pen.arc(axis.x, y, 4, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }
}

/** Draws the axes with their marks. */
export function paintAxes(
  pen: Pen,
  axes: readonly ParallelAxis[],
  height: number,
  colours: ChartColours,
): void {
  pen.save();
  pen.translate(0, AXIS_MARGIN);
  pen.strokeStyle = colours.dimmed;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const axis of axes) {
    pen.moveTo(axis.x, 0);
    pen.lineTo(axis.x, height);
    for (const { share } of axis.ticks) {
      const y = yOf(axis, share, height);
      pen.moveTo(axis.x - 4, y);
      pen.lineTo(axis.x, y);
    }
  }
  pen.stroke();
  pen.restore();
}

/** Draws what is brushed, which on the page are elements, for a picture that is saved. */
export function paintBrushes(
  pen: Pen,
  axes: readonly ParallelAxis[],
  height: number,
  brushes: Brushes,
  colours: ChartColours,
): void {
  pen.save();
  pen.translate(0, AXIS_MARGIN);
  pen.fillStyle = colours.accent;
  for (const axis of axes) {
    const brush = brushes.get(axis.name);
    for (const span of brush ? spansOf(axis, brush) : []) {
      const { top, size } = bandOf(axis, span, height);
      pen.globalAlpha = 0.22;
      pen.fillRect(axis.x - 8, top, 16, size);
      pen.globalAlpha = 1;
      for (const y of [top, top + size]) pen.fillRect(axis.x - 8, y - 1.5, 16, 3);
    }
  }
  pen.restore();
}

/** Where a brushed part stands, in pixels from the top of its axis. */
export function bandOf(axis: ParallelAxis, [from, to]: Span, height: number): { top: number; size: number } {
  const ends = [yOf(axis, from, height), yOf(axis, to, height)] as const;
  return { top: Math.min(...ends), size: Math.max(2, Math.abs(ends[1] - ends[0])) };
}

/** The marks' labels, above all lines on a halo of the background, and within the column of their axis. */
export function paintLabels(
  pen: Pen,
  axes: readonly ParallelAxis[],
  height: number,
  colours: ChartColours,
): void {
  const [first, second] = axes;
  const gap = first && second ? second.x - first.x : Number.POSITIVE_INFINITY;
  pen.save();
  pen.translate(0, AXIS_MARGIN);
  pen.font = `11px ${colours.font}`;
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.strokeStyle = colours.surface;
  pen.fillStyle = colours.dimmed;
  for (const axis of axes) {
    const room = Math.min(gap - 16, axis.x - 8);
    for (const { share, label } of axis.ticks) {
      const y = yOf(axis, share, height);
      const text = fitMiddle(pen, label, room);
      pen.strokeText(text, axis.x - 8, y);
      pen.fillText(text, axis.x - 8, y);
    }
  }
  pen.restore();
}

/** Draws the run under the pointer with its value on each axis. */
export function paintHovered(
  pen: Pen,
  axes: readonly ParallelAxis[],
  row: number,
  height: number,
  colours: ChartColours,
  write: (axis: ParallelAxis) => string | undefined,
): void {
  pen.save();
  pen.translate(0, AXIS_MARGIN);
  paintRun(pen, axes, row, height, colours.text, colours.surface);
  pen.font = `600 11px ${colours.font}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const right = axes.at(-1)?.x;
  for (const axis of axes) {
    const value = write(axis);
    if (value === undefined) continue;
    const text = fitMiddle(pen, value, 120);
    const width = pen.measureText(text).width + 10;
    const y = Math.min(height - 1, Math.max(1, yOf(axis, axis.shares[row] ?? 0.5, height)));
    const x = axis.x === right && axes.length > 1 ? axis.x - 9 - width : axis.x + 9;
    pen.fillStyle = colours.text;
    pen.beginPath();
    pen.roundRect(x, y - 9, width, 18, 4);
    pen.fill();
    pen.fillStyle = colours.surface;
    pen.fillText(text, x + 5, y + 0.5);
  }
  pen.restore();
}
