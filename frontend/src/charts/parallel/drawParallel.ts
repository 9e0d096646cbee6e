import { type ChartColours, runColour } from '../runs/chartColours.ts';
import { formatTick, ticksOf } from '../scales/ticks.ts';
import { type Brushes, linePieces, type ParallelAxis, placeOnAxis } from './parallelAxes.ts';

/** Free space above and below the axes, in pixels: half a tick's label. */
export const AXIS_MARGIN = 10;

/** What the lower canvas shows. `height` is that of the axes. */
export type ParallelPicture = {
  axes: readonly ParallelAxis[];
  height: number;
  /** 1 for each run that passes the brushes. */
  pass: Uint8Array;
  brushes: Brushes;
  /** Rows of the compared runs, in the order of the comparison. */
  marked: readonly (number | undefined)[];
  colours: ChartColours;
  /** While a brush is dragged: of very many runs only a part is drawn, so that the picture keeps up with the pointer. */
  draft: boolean;
};

/** So many of the runs that pass, and as many of the others, are drawn in a draft. */
const DRAFT_RUNS = 800;

/** At most so many strokes for all lines: each is a bundle of runs, so that dense places still grow darker. */
const MOST_STROKES = 500;

/** Draws lines, axes, ticks, brushes and the compared runs. */
export function drawParallel(context: CanvasRenderingContext2D, picture: ParallelPicture): void {
  const { axes, height, pass, brushes, marked, colours, draft } = picture;
  context.save();
  context.translate(0, AXIS_MARGIN);
  context.lineJoin = 'round';
  const rows = Array.from(pass, (_, row) => row);
  const within = rows.filter((row) => pass[row] === 1);
  const without = rows.filter((row) => pass[row] !== 1);
  const inside = draft ? sample(within) : within;
  const outside = draft ? sample(without) : without;
  const compared = marked.some((row) => row !== undefined);

  strokeRuns(context, picture, outside, colours.muted, opacity(outside.length, height) * 0.3);
  // Behind compared runs, all others stand back; a brush still shows what it let through.
  const greyed = compared && brushes.size === 0;
  strokeRuns(
    context,
    picture,
    inside,
    greyed ? colours.muted : colours.accent,
    opacity(inside.length, height),
  );

  for (const axis of axes) drawAxis(context, axis, height, colours);
  for (const axis of axes) {
    const brush = brushes.get(axis.metric);
    if (brush) drawBrush(context, axis, brush, height, colours);
  }
  for (const [position, row] of [...marked.entries()].reverse()) {
    if (row === undefined) continue;
    context.globalAlpha = pass[row] === 1 ? 1 : 0.35;
    strokeOne(context, axes, row, height, runColour(colours, position), 2.5, colours.surface);
  }
  context.globalAlpha = 1;
  drawLabels(context, axes, height, colours);
  context.restore();
}

/** Draws the line under the pointer with its value on each axis; on the upper canvas. */
export function drawHovered(
  context: CanvasRenderingContext2D,
  axes: readonly ParallelAxis[],
  row: number,
  height: number,
  colours: ChartColours,
  write: (axis: ParallelAxis, value: number) => string,
): void {
  context.save();
  context.translate(0, AXIS_MARGIN);
  strokeOne(context, axes, row, height, colours.text, 2.5, colours.surface);
  drawLabels(context, axes, height, colours);
  context.font = `600 11px ${colours.font}`;
  context.textBaseline = 'middle';
  const right = axes.at(-1)?.x;
  for (const axis of axes) {
    const value = axis.values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const text = write(axis, value);
    const width = context.measureText(text).width + 10;
    const y = Math.min(height - 1, Math.max(1, placeOnAxis(axis, value, height)));
    const x = axis.x === right && axes.length > 1 ? axis.x - 9 - width : axis.x + 9;
    context.fillStyle = colours.text;
    context.beginPath();
    context.roundRect(x, y - 9, width, 18, 4);
    context.fill();
    context.fillStyle = colours.surface;
    context.fillText(text, x + 5, y + 0.5);
  }
  context.restore();
}

function sample(rows: readonly number[]): readonly number[] {
  const step = Math.ceil(rows.length / DRAFT_RUNS);
  return step <= 1 ? rows : rows.filter((_, i) => i % step === 0);
}

/** Few lines are clear, of many only their bundles: so that about half of a pixel's colour comes from all that cross it. */
function opacity(runs: number, height: number): number {
  return 1 - 0.35 ** (1 / Math.max(1, runs / height));
}

function strokeRuns(
  context: CanvasRenderingContext2D,
  { axes, height }: ParallelPicture,
  rows: readonly number[],
  colour: string,
  alpha: number,
): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = rows.length > 2000 ? 0.75 : 1.25;
  context.globalAlpha = alpha;
  const bundle = Math.max(1, Math.ceil(rows.length / MOST_STROKES));
  for (let start = 0; start < rows.length; start += bundle) {
    context.beginPath();
    for (const row of rows.slice(start, start + bundle)) tracePieces(context, axes, row, height);
    context.stroke();
  }
  context.globalAlpha = 1;
}

// Straight into the path: at 10,000 runs, building a list of pieces for each would cost more than drawing them.
function tracePieces(
  context: CanvasRenderingContext2D,
  axes: readonly ParallelAxis[],
  row: number,
  height: number,
): void {
  let drawing = false;
  for (const [i, axis] of axes.entries()) {
    const value = axis.values[row] ?? Number.NaN;
    if (Number.isNaN(value)) {
      drawing = false;
      continue;
    }
    const y = placeOnAxis(axis, value, height);
    if (drawing) {
      context.lineTo(axis.x, y);
      continue;
    }
    context.moveTo(axis.x, y);
    drawing = true;
    const next = axes[i + 1];
    // A value between two gaps: a short stroke, since a line of no length is not drawn.
    if (next === undefined || Number.isNaN(next.values[row] ?? Number.NaN)) {
      context.moveTo(axis.x - 3, y);
      context.lineTo(axis.x + 3, y);
    }
  }
}

function strokeOne(
  context: CanvasRenderingContext2D,
  axes: readonly ParallelAxis[],
  row: number,
  height: number,
  colour: string,
  width: number,
  halo: string,
): void {
  const pieces = linePieces(axes, row, height);
  for (const [style, lineWidth] of [
    [halo, width + 3],
    [colour, width],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = lineWidth;
    context.beginPath();
    for (const piece of pieces) {
      for (const [i, { x, y }] of piece.entries()) {
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    }
    context.stroke();
  }
  context.fillStyle = colour;
  context.strokeStyle = halo;
  context.lineWidth = 1.5;
  for (const { x, y } of pieces.flat()) {
    context.beginPath();
    context.arc(x, y, 4, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

function drawAxis(
  context: CanvasRenderingContext2D,
  axis: ParallelAxis,
  height: number,
  colours: ChartColours,
): void {
  context.strokeStyle = colours.dimmed;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(axis.x, 0);
  context.lineTo(axis.x, height);
  context.stroke();
  for (const tick of ticksOf(axis.scale)) {
    const y = placeOnAxis(axis, tick, height);
    context.strokeStyle = colours.dimmed;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(axis.x - 4, y);
    context.lineTo(axis.x, y);
    context.stroke();
  }
}

/** The ticks' labels, above all lines on a halo of the background, and within the column of their axis. */
function drawLabels(
  context: CanvasRenderingContext2D,
  axes: readonly ParallelAxis[],
  height: number,
  colours: ChartColours,
): void {
  const [first, second] = axes;
  const gap = first && second ? second.x - first.x : Number.POSITIVE_INFINITY;
  context.save();
  context.font = `11px ${colours.font}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = colours.surface;
  context.fillStyle = colours.dimmed;
  for (const axis of axes) {
    const left = Math.max(0, axis.x - gap + 6);
    context.save();
    context.beginPath();
    context.rect(left, -AXIS_MARGIN, axis.x - 5 - left, height + 2 * AXIS_MARGIN);
    context.clip();
    for (const tick of ticksOf(axis.scale)) {
      const y = placeOnAxis(axis, tick, height);
      const text = formatTick(tick, axis.scale.step);
      context.strokeText(text, axis.x - 8, y);
      context.fillText(text, axis.x - 8, y);
    }
    context.restore();
  }
  context.restore();
}

function drawBrush(
  context: CanvasRenderingContext2D,
  axis: ParallelAxis,
  brush: readonly [number, number],
  height: number,
  colours: ChartColours,
): void {
  const top = placeOnAxis(axis, brush[1], height);
  const bottom = Math.max(top + 2, placeOnAxis(axis, brush[0], height));
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.22;
  context.fillRect(axis.x - 8, top, 16, bottom - top);
  context.globalAlpha = 1;
  for (const y of [top, bottom]) context.fillRect(axis.x - 8, y - 1.5, 16, 3);
}
