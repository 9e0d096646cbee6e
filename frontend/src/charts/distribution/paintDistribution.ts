import { formatCount } from '../../formatting/numbers.ts';
import type { Pen } from '../frame/pen.ts';
import { paintMarkedPoint, paintPoints } from '../points/paintPoints.ts';
import { type ChartColours, runColour } from '../runs/chartColours.ts';
import { linearAxis } from '../scales/axes.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { fitText } from '../surface/fitText.ts';
import { paintAxes, strokeLine, toX, toY } from '../surface/paintAxes.ts';
import { BOX_SHARE, type DistributionLayout, type GroupRow } from './layOut.ts';

/** A bar that is as wide has room for its number. */
const NUMBERED = 20;

type DistributionPicture = {
  layout: DistributionLayout;
  scale: ColumnScale;
  groups: Int32Array;
  /** Rows of the selected runs, in the order of the selection. */
  marked: readonly (number | undefined)[];
  colours: ChartColours;
};

/** Draws the histogram of all runs, and below it a box and the runs of each group. */
export function paintDistribution(
  pen: Pen,
  { layout, scale, groups, marked, colours }: DistributionPicture,
): void {
  const { histogram, rows, span, most } = layout;
  const several = rows.length > 1;
  const colourOf = (row: GroupRow): string => (several ? runColour(colours, row.place) : colours.accent);
  const x = { ...span, ticks: scale.ticks };
  const counts = linearAxis(0, most, 4);
  paintAxes(pen, histogram, { ...x, ticks: [] }, { ...counts, title: 'Runs' }, colours);
  paintBars(pen, layout, { low: counts.low, high: counts.high }, colourOf, colours);
  for (const row of rows) paintRow(pen, layout, row, colourOf(row), several, colours);
  paintStrips(pen, layout, groups, rows, colourOf);
  paintMarks(pen, layout, marked, colours);
  const bottom = (rows.at(-1)?.top ?? 0) + (rows.at(-1)?.height ?? 0);
  const below = { ...histogram, top: bottom, height: 0 };
  paintAxes(
    pen,
    below,
    { ...x, title: scale.log ? `${scale.title} (log)` : scale.title },
    { low: 0, high: 1, ticks: [] },
    colours,
  );
}

function paintBars(
  pen: Pen,
  { histogram, span, bins, counts, rows }: DistributionLayout,
  heights: { low: number; high: number },
  colourOf: (row: GroupRow) => string,
  colours: ChartColours,
): void {
  for (let bin = 0; bin < bins.count; bin += 1) {
    const left = toX(histogram, span, bins.low + bin * bins.width);
    const right = toX(histogram, span, bins.low + (bin + 1) * bins.width);
    const gap = right - left > 4 ? 1 : 0;
    let sum = 0;
    for (const row of rows) {
      const count = counts[row.place]?.[bin] ?? 0;
      if (count === 0) continue;
      const bottom = toY(histogram, heights, sum);
      sum += count;
      const top = toY(histogram, heights, sum);
      pen.fillStyle = colourOf(row);
      pen.globalAlpha = 0.8;
      pen.fillRect(left + gap, top, Math.max(0.5, right - left - 2 * gap), bottom - top);
    }
    pen.globalAlpha = 1;
    if (sum === 0 || right - left < NUMBERED) continue;
    pen.fillStyle = colours.dimmed;
    pen.font = `10px ${colours.font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'bottom';
    pen.fillText(formatCount(sum), (left + right) / 2, toY(histogram, heights, sum) - 2);
  }
}

function paintRow(
  pen: Pen,
  { histogram, span, width }: DistributionLayout,
  row: GroupRow,
  colour: string,
  named: boolean,
  colours: ChartColours,
): void {
  const { box, top, height } = row;
  const at = (value: number): number => toX(histogram, span, value);
  const boxHeight = Math.min(22, height * BOX_SHARE - 4);
  const middle = top + 4 + boxHeight / 2;
  pen.save();
  pen.strokeStyle = colours.border;
  pen.lineWidth = 1;
  strokeLine(pen, 0, Math.round(top) - 0.5, width, Math.round(top) - 0.5);
  pen.textBaseline = 'middle';
  pen.textAlign = 'right';
  const room = histogram.left - 10;
  if (named) {
    pen.fillStyle = colours.text;
    pen.font = `500 11px ${colours.font}`;
    pen.fillText(fitText(pen, row.label, room), room, middle);
  }
  pen.fillStyle = colours.dimmed;
  pen.font = `11px ${colours.font}`;
  pen.fillText(`n = ${formatCount(box.count)}`, room, named ? middle + 16 : middle);

  pen.strokeStyle = colour;
  pen.lineWidth = 1.25;
  strokeLine(pen, at(box.lowest), middle, at(box.lower), middle);
  strokeLine(pen, at(box.upper), middle, at(box.highest), middle);
  for (const end of [box.lowest, box.highest]) {
    strokeLine(pen, at(end), middle - boxHeight / 4, at(end), middle + boxHeight / 4);
  }
  const left = at(box.lower);
  const boxWidth = Math.max(1, at(box.upper) - left);
  pen.fillStyle = colour;
  pen.globalAlpha = 0.18;
  pen.fillRect(left, middle - boxHeight / 2, boxWidth, boxHeight);
  pen.globalAlpha = 1;
  pen.beginPath();
  pen.rect(left, middle - boxHeight / 2, boxWidth, boxHeight);
  pen.stroke();
  pen.lineWidth = 2.5;
  strokeLine(pen, at(box.median), middle - boxHeight / 2, at(box.median), middle + boxHeight / 2);
  pen.restore();
}

function paintStrips(
  pen: Pen,
  { points }: DistributionLayout,
  groups: Int32Array,
  rows: readonly GroupRow[],
  colourOf: (row: GroupRow) => string,
): void {
  const { count } = points;
  pen.globalAlpha = count <= 500 ? 0.7 : count <= 5_000 ? 0.45 : 0.2;
  for (const row of rows) paintPoints(pen, points, colourOf(row), (run) => groups[run] === row.place);
  pen.globalAlpha = 1;
}

function paintMarks(
  pen: Pen,
  { points }: DistributionLayout,
  marked: readonly (number | undefined)[],
  colours: ChartColours,
): void {
  for (const [position, row] of [...marked.entries()].reverse()) {
    if (row !== undefined) paintMarkedPoint(pen, points, row, runColour(colours, position), colours);
  }
}
