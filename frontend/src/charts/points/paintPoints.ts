import type { Pen } from '../frame/pen.ts';
import type { ChartColours } from '../runs/chartColours.ts';

/** Where the points of runs are, in pixels. */
export type PlacedPoints = {
  /** By row of the table; NaN for a run that has no point. */
  x: Float32Array;
  y: Float32Array;
  radius: Float32Array;
  /** How many have one. */
  count: number;
};

/** More points than these are squares, which are drawn much faster; as small as they are then, nobody sees it. */
const MOST_DISCS = 6_000;

/** The points of no run yet. */
export function noPoints(runs: number): PlacedPoints {
  return {
    x: new Float32Array(runs).fill(Number.NaN),
    y: new Float32Array(runs).fill(Number.NaN),
    radius: new Float32Array(runs),
    count: 0,
  };
}

/** Draws the points of some rows in one colour. */
export function paintPoints(
  pen: Pen,
  { x, y, radius, count }: PlacedPoints,
  colour: string,
  isDrawn: (row: number) => boolean,
): void {
  const squares = count > MOST_DISCS;
  pen.fillStyle = colour;
  for (let row = 0; row < x.length; row += 1) {
    const [atX, atY, r] = [x[row] ?? Number.NaN, y[row] ?? Number.NaN, radius[row] ?? 0];
    if (Number.isNaN(atX) || !isDrawn(row)) continue;
    if (squares) {
      pen.fillRect(atX - r, atY - r, 2 * r, 2 * r);
    } else {
      pen.beginPath();
      pen.arc(atX, atY, r, 0, 2 * Math.PI);
      pen.fill();
    }
  }
}

/** Draws the point of a selected run; a ring around it stands for the baseline. */
export function paintMarkedPoint(
  pen: Pen,
  { x, y, radius }: PlacedPoints,
  row: number,
  colour: string,
  colours: ChartColours,
  ringed = false,
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

/** Marks the run that is pointed at; on a canvas above the points. */
export function paintHoveredPoint(
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
