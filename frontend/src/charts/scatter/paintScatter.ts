import type { Pen } from '../frame/pen.ts';
import { type PlacedPoints, paintMarkedPoint, paintPoints } from '../points/paintPoints.ts';
import { type ChartColours, runColour } from '../runs/chartColours.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { type PlotArea, paintAxes, strokeLine, toX, toY } from '../surface/paintAxes.ts';
import type { Trend } from './trend.ts';

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

/** Draws a scatter plot. */
export function paintScatter(pen: Pen, picture: ScatterPicture): void {
  const { area, x, y, points, marked, pinned, trend, front, colours } = picture;
  paintAxes(pen, area, x, y, colours);
  pen.save();
  pen.beginPath();
  pen.rect(area.left - 8, area.top - 8, area.width + 16, area.height + 16);
  pen.clip();
  paintRuns(pen, picture);
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
    paintMarkedPoint(pen, points, row, runColour(colours, position), colours, row === pinned);
  }
  if (pinned !== undefined && !marked.includes(pinned)) {
    paintMarkedPoint(pen, points, pinned, colours.text, colours, true);
  }
}

function paintRuns(pen: Pen, { points, places, palette, marked, colours }: ScatterPicture): void {
  const { count } = points;
  const selected = new Set(marked);
  pen.globalAlpha = count <= 300 ? 0.85 : count <= 3_000 ? 0.6 : count <= 30_000 ? 0.35 : 0.2;
  // One colour after the other: to change it costs more than to draw a point.
  const byColour = places === undefined ? [colours.accent] : palette;
  for (const [place, colour] of byColour.entries()) {
    paintPoints(pen, points, colour, (row) => (places?.[row] ?? place) === place && !selected.has(row));
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
