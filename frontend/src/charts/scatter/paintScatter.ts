import type { Pen } from '../frame/pen.ts';
import { type ChartColours, runColour } from '../runs/chartColours.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { type PlotArea, paintAxes, strokeLine, toX, toY } from '../surface/paintAxes.ts';
import type { Trend } from './trend.ts';

/** Where the points of a scatter plot are, in pixels. */
export type PlacedPoints = {
  /** By row of the table; NaN for a run that has no point. */
  x: Float32Array;
  y: Float32Array;
  radius: Float32Array;
  /** How many have one. */
  count: number;
};

export type ScatterPicture = {
  area: PlotArea;
  x: ColumnScale;
  y: ColumnScale;
  points: PlacedPoints;
  /** Each run's place in `palette`. */
  places: Uint16Array | undefined;
  palette: readonly string[];
  /** Rows of the selected runs, in the order of the selection. */
  marked: readonly (number | undefined)[];
  pinned: number | undefined;
  trend: Trend | undefined;
  /** Rows on the Pareto front, from left to right. */
  front: readonly number[];
  colours: ChartColours;
};

/** More points than these are squares, which are drawn much faster; as small as they are then, nobody sees it. */
const MOST_DISCS = 6_000;

/** Draws a scatter plot. */
export function paintScatter(pen: Pen, picture: ScatterPicture): void {
  const { area, x, y, points, marked, pinned, trend, front, colours } = picture;
  paintAxes(pen, area, x, y, colours);
  pen.save();
  pen.beginPath();
  pen.rect(area.left - 8, area.top - 8, area.width + 16, area.height + 16);
  pen.clip();
  paintPoints(pen, picture);
  if (front.length > 0) paintFront(pen, points, front, colours);
  if (trend) {
    pen.strokeStyle = colours.text;
    pen.lineWidth = 1.5;
    pen.setLineDash([6, 4]);
    const at = (place: number): number => toY(area, y, trend.offset + trend.slope * place);
    strokeLine(pen, toX(area, x, x.low), at(x.low), toX(area, x, x.high), at(x.high));
    pen.setLineDash([]);
  }
  pen.restore();
  for (const [position, row] of [...marked.entries()].reverse()) {
    if (row === undefined) continue;
    paintMark(pen, points, row, runColour(colours, position), row === pinned, colours);
  }
  if (pinned !== undefined && !marked.includes(pinned)) {
    paintMark(pen, points, pinned, colours.text, true, colours);
  }
}

function paintPoints(pen: Pen, { points, places, palette, marked, colours }: ScatterPicture): void {
  const { x, y, radius, count } = points;
  pen.globalAlpha = count <= 300 ? 0.85 : count <= 3_000 ? 0.6 : count <= 30_000 ? 0.35 : 0.2;
  const squares = count > MOST_DISCS;
  const selected = new Set(marked);
  // One colour after the other: to change it costs more than to draw a point.
  const byColour = places === undefined ? [colours.accent] : palette;
  for (const [place, colour] of byColour.entries()) {
    pen.fillStyle = colour;
    for (let row = 0; row < x.length; row += 1) {
      if (places !== undefined && places[row] !== place) continue;
      const [atX, atY, r] = [x[row] ?? Number.NaN, y[row] ?? Number.NaN, radius[row] ?? 0];
      if (Number.isNaN(atX) || selected.has(row)) continue;
      if (squares) {
        pen.fillRect(atX - r, atY - r, 2 * r, 2 * r);
      } else {
        pen.beginPath();
        pen.arc(atX, atY, r, 0, 2 * Math.PI);
        pen.fill();
      }
    }
  }
  pen.globalAlpha = 1;
}

/** The runs that no other one beats, and between them the stairs behind which all others lie. */
function paintFront(
  pen: Pen,
  { x, y, radius }: PlacedPoints,
  front: readonly number[],
  colours: ChartColours,
): void {
  pen.strokeStyle = colours.text;
  pen.lineWidth = 1.25;
  pen.lineJoin = 'round';
  pen.beginPath();
  for (const [index, row] of front.entries()) {
    if (index === 0) pen.moveTo(x[row] ?? 0, y[row] ?? 0);
    else pen.lineTo(x[row] ?? 0, y[row] ?? 0);
  }
  pen.stroke();
  for (const row of front) {
    pen.beginPath();
    pen.arc(x[row] ?? 0, y[row] ?? 0, Math.max(3.5, (radius[row] ?? 0) + 1.5), 0, 2 * Math.PI);
    pen.stroke();
  }
}

/** A selected run; a ring around it stands for the baseline. */
function paintMark(
  pen: Pen,
  { x, y, radius }: PlacedPoints,
  row: number,
  colour: string,
  ringed: boolean,
  colours: ChartColours,
): void {
  const [atX, atY] = [x[row] ?? Number.NaN, y[row] ?? Number.NaN];
  if (Number.isNaN(atX)) return;
  const r = Math.max(5, radius[row] ?? 0);
  pen.save();
  pen.fillStyle = colour;
  pen.strokeStyle = colours.surface;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(atX, atY, r, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
  if (ringed) {
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.arc(atX, atY, r + 4, 0, 2 * Math.PI);
    pen.stroke();
  }
  pen.restore();
}

/** Marks the run that is pointed at; on the upper canvas. */
export function paintHovered(
  pen: Pen,
  { x, y, radius }: PlacedPoints,
  row: number,
  colours: ChartColours,
): void {
  const [atX, atY] = [x[row] ?? Number.NaN, y[row] ?? Number.NaN];
  if (Number.isNaN(atX)) return;
  for (const [colour, width] of [
    [colours.surface, 5],
    [colours.text, 2],
  ] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(atX, atY, Math.max(5, radius[row] ?? 0) + 2, 0, 2 * Math.PI);
    pen.stroke();
  }
}
