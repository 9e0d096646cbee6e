import type { Pen } from '../charts/frame/pen.ts';
import type { ChartColours } from '../charts/runs/chartColours.ts';
import { type PlotArea, type Span, toX, toY } from '../charts/surface/paintAxes.ts';
import { type DrawnPoint, lonePoints } from './drawnCurve.ts';

/** How a line stands among the others: behind them what was smoothed, before them what one has chosen. */
export type LineRank = 'raw' | 'line' | 'front';

/** A line of a chart, ready to draw. */
export type PaintedLine = {
  points: readonly DrawnPoint[];
  /** As canvases take it. */
  colour: string;
  dashed: boolean;
  rank: LineRank;
};

/** More lines than these are thin and let those behind them through. */
const MANY = 24;

/** Points are drawn one by one up to so many a line; beyond, they would only blot it out. */
const MOST_DOTS = 60;

const RANKS: readonly LineRank[] = ['raw', 'line', 'front'];

/** Draws the lines of a chart within its area. */
export function paintCurves(
  pen: Pen,
  area: PlotArea,
  x: Span,
  y: Span,
  lines: readonly PaintedLine[],
  colours: ChartColours,
): void {
  const crowded = lines.length > MANY;
  pen.save();
  pen.beginPath();
  pen.rect(area.left - 3, area.top - 3, area.width + 6, area.height + 6);
  pen.clip();
  pen.lineJoin = 'round';
  for (const rank of RANKS) {
    for (const line of lines) {
      if (line.rank !== rank) continue;
      if (rank === 'front') {
        pen.globalAlpha = 1;
        strokeCurve(pen, area, x, y, { ...line, colour: colours.surface, dashed: false }, 5);
        strokeCurve(pen, area, x, y, line, 2.5);
      } else {
        pen.globalAlpha = rank === 'raw' ? 0.28 : crowded ? 0.6 : 1;
        strokeCurve(pen, area, x, y, line, rank === 'raw' || crowded ? 1 : 1.5);
        if (rank === 'line' && !crowded && line.points.length <= MOST_DOTS) {
          dots(pen, area, x, y, line.points, line.colour, 2);
        }
      }
    }
  }
  pen.restore();
}

function strokeCurve(pen: Pen, area: PlotArea, x: Span, y: Span, line: PaintedLine, width: number): void {
  pen.strokeStyle = line.colour;
  pen.lineWidth = width;
  pen.setLineDash(line.dashed ? [5, 3] : []);
  pen.beginPath();
  let drawing = false;
  for (const [at, height] of line.points) {
    if (height === null) {
      drawing = false;
    } else if (drawing) {
      pen.lineTo(toX(area, x, at), toY(area, y, height));
    } else {
      pen.moveTo(toX(area, x, at), toY(area, y, height));
      drawing = true;
    }
  }
  pen.stroke();
  pen.setLineDash([]);
  dots(pen, area, x, y, lonePoints(line.points), line.colour, Math.max(2, width));
}

function dots(
  pen: Pen,
  area: PlotArea,
  x: Span,
  y: Span,
  points: readonly DrawnPoint[],
  colour: string,
  radius: number,
): void {
  pen.fillStyle = colour;
  for (const [at, height] of points) {
    if (height === null) continue;
    pen.beginPath();
    pen.arc(toX(area, x, at), toY(area, y, height), radius, 0, 2 * Math.PI);
    pen.fill();
  }
}
