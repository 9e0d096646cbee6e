import type { Pen } from '../frame/pen.ts';
import { type ChartColours, runColour } from '../runs/chartColours.ts';
import type { AxisTick, Range, ValueAxis } from '../scales/axes.ts';
import { type PlotArea, paintAxes, strokeLine, toX, toY } from '../surface/paintAxes.ts';
import type { BestStep } from './metricLine.ts';
import { lonePoints, type SeenPoint, type SeenPoints } from './seenPoints.ts';

/** Points are drawn one by one up to this many a line; beyond, they would only blot it out. */
const MOST_SYMBOLS = 120;

/** Points that stand alone get paler from this many on. */
const MANY_POINTS = 400;

/** With more compared runs in a chart, their points stand alone: discs would lie over one another. */
export const MOST_DISCS = 6;

/** A metric as it is drawn. */
export type DrawnMetric = { seen: SeenPoints; best: readonly BestStep[]; colour: string };

/**
 * A compared run in one chart: its position in the comparison, and how far its label moves down to be seen (undefined
 * where there is no room for it). The point itself never moves.
 */
export type MarkedRun = {
  position: number;
  place: number;
  height: number;
  /** Empty where only the point is marked. */
  label: string;
  labelSide: 'left' | 'right';
  shift: number | undefined;
};

export type TimeSeriesDrawing = {
  area: PlotArea;
  range: Range;
  xTicks: readonly AxisTick[];
  y: ValueAxis;
  /** Whether a line leads from each run to the next. */
  sequence: boolean;
  metrics: readonly DrawnMetric[];
  marked: readonly MarkedRun[];
  /** The height of the run that all others are compared with. */
  baseline: { height: number; position: number } | undefined;
  colours: ChartColours;
};

/** Draws metrics along an axis of runs. */
export function paintTimeSeries(pen: Pen, drawing: TimeSeriesDrawing): void {
  const { area, range, xTicks, y, metrics, baseline, colours } = drawing;
  paintAxes(pen, area, { low: range[0], high: range[1], ticks: xTicks }, y, colours);
  pen.save();
  pen.lineJoin = 'round';
  pen.beginPath();
  pen.rect(area.left, area.top - 6, area.width, area.height + 12);
  pen.clip();
  if (baseline) {
    pen.strokeStyle = runColour(colours, baseline.position);
    pen.lineWidth = 1;
    pen.setLineDash([5, 4]);
    const height = toY(area, y, baseline.height);
    strokeLine(pen, area.left, height, area.left + area.width, height);
    pen.setLineDash([]);
  }
  for (const metric of metrics) paintMetric(pen, drawing, metric);
  for (const metric of metrics) paintBest(pen, drawing, metric);
  pen.restore();
  paintMarks(pen, drawing);
}

function paintMetric(pen: Pen, drawing: TimeSeriesDrawing, { seen, colour }: DrawnMetric): void {
  const { points, trend } = seen;
  const drawn = points.filter(({ height }) => height !== null);
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  if (drawing.sequence) {
    pen.lineWidth = trend ? 1 : 1.5;
    pen.globalAlpha = trend ? 0.3 : 1;
    strokePoints(pen, drawing, points);
    pen.globalAlpha = 1;
    fillPoints(pen, drawing, !trend && drawn.length <= MOST_SYMBOLS ? drawn : lonePoints(points), 2.5);
  } else {
    pen.globalAlpha = drawn.length > MANY_POINTS ? 0.35 : 0.75;
    fillPoints(pen, drawing, drawn, drawn.length > MANY_POINTS ? 2 : 2.5);
    pen.globalAlpha = 1;
  }
  if (trend) {
    pen.lineWidth = 2;
    strokePoints(pen, drawing, trend);
  }
}

function strokePoints(pen: Pen, { area, range, y }: TimeSeriesDrawing, points: readonly SeenPoint[]): void {
  const span = { low: range[0], high: range[1] };
  let drawing = false;
  pen.beginPath();
  for (const { place, height } of points) {
    if (height === null) {
      drawing = false;
      continue;
    }
    if (drawing) pen.lineTo(toX(area, span, place), toY(area, y, height));
    else pen.moveTo(toX(area, span, place), toY(area, y, height));
    drawing = true;
  }
  pen.stroke();
}

function fillPoints(
  pen: Pen,
  { area, range, y }: TimeSeriesDrawing,
  points: readonly SeenPoint[],
  radius: number,
): void {
  const span = { low: range[0], high: range[1] };
  for (const { place, height } of points) {
    if (height === null) continue;
    pen.beginPath();
    pen.arc(toX(area, span, place), toY(area, y, height), radius, 0, 2 * Math.PI);
    pen.fill();
  }
}

/** The best so far, as steps that lead to the end of the chart. */
function paintBest(pen: Pen, drawing: TimeSeriesDrawing, { best, colour }: DrawnMetric): void {
  const { area, range, y, metrics, colours } = drawing;
  const span = { low: range[0], high: range[1] };
  const before = best.findLast(({ place }) => place <= range[0]);
  const steps = best.filter(({ place }) => place > range[0] && place <= range[1]);
  const all = before ? [{ ...before, place: range[0] }, ...steps] : steps;
  const [first] = all;
  if (first === undefined) return;
  pen.strokeStyle = metrics.length > 1 ? colour : colours.text;
  pen.lineWidth = 1.5;
  pen.globalAlpha = 0.75;
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.moveTo(toX(area, span, first.place), toY(area, y, first.height));
  let last = first.height;
  for (const { place, height } of all) {
    pen.lineTo(toX(area, span, place), toY(area, y, last));
    pen.lineTo(toX(area, span, place), toY(area, y, height));
    last = height;
  }
  pen.lineTo(area.left + area.width, toY(area, y, last));
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function paintMarks(pen: Pen, { area, range, y, marked, colours }: TimeSeriesDrawing): void {
  const span = { low: range[0], high: range[1] };
  const placed = marked.map((run) => ({
    ...run,
    x: toX(area, span, run.place),
    y: toY(area, y, run.height),
    colour: runColour(colours, run.position),
  }));
  const labelled = placed.filter(({ label, shift }) => label !== '' && shift !== undefined);
  const discs = marked.length > MOST_DISCS ? [] : labelled;
  pen.save();
  // From a disc that moved back to its point.
  for (const run of discs) {
    if (!run.shift) continue;
    pen.strokeStyle = run.colour;
    pen.lineWidth = 1.5;
    strokeLine(pen, run.x, run.y, run.x, run.y + run.shift);
  }
  for (const run of placed.toReversed()) paintDisc(pen, run.x, run.y, 4.5, run.colour, colours.surface);
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  for (const run of labelled) {
    const side = run.labelSide === 'right' ? 1 : -1;
    const from = discs.length > 0 ? 12 : 8;
    const at = [run.x + side * from, run.y + (run.shift ?? 0)] as const;
    pen.font = `600 11px ${colours.font}`;
    pen.textAlign = run.labelSide === 'right' ? 'left' : 'right';
    pen.strokeStyle = colours.surface;
    pen.lineWidth = 3;
    pen.strokeText(run.label, ...at);
    pen.fillStyle = colours.text;
    pen.fillText(run.label, ...at);
  }
  pen.font = `700 10px ${colours.font}`;
  pen.textAlign = 'center';
  for (const run of discs.toReversed()) {
    paintDisc(pen, run.x, run.y + (run.shift ?? 0), 8.5, run.colour, colours.surface);
    pen.fillStyle = colours.surface;
    pen.fillText(String(run.position + 1), run.x, run.y + (run.shift ?? 0) + 0.5);
  }
  pen.restore();
}

function paintDisc(pen: Pen, x: number, y: number, radius: number, fill: string, border: string): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = fill;
  pen.fill();
  pen.strokeStyle = border;
  pen.lineWidth = 1.5;
  pen.stroke();
}
