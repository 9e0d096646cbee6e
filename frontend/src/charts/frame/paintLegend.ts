import type { ChartColours } from '../runs/chartColours.ts';
import type { ColourLegend } from '../runs/colouring.ts';
import { fitText } from '../surface/fitText.ts';
import type { Pen } from './pen.ts';

/** What a line in a picture stands for. */
export type LegendEntry = { name: string; colour: string; dashed?: boolean };

/** So many lines are told apart in a saved picture; a legend of more would be larger than the chart. */
const MOST_ENTRIES = 24;
const ENTRY_WIDTH = 220;
const ENTRY_HEIGHT = 18;

/** The height of the legend below a saved picture; one line needs none. */
export function legendHeight(entries: readonly LegendEntry[], width: number): number {
  if (entries.length < 2 || entries.length > MOST_ENTRIES) return 0;
  return Math.ceil(entries.length / columnsOf(width)) * ENTRY_HEIGHT + 8;
}

/** Draws what the colours of lines stand for, which on the page are elements, for a picture that is saved. */
export function paintLegend(
  pen: Pen,
  entries: readonly LegendEntry[],
  top: number,
  width: number,
  colours: ChartColours,
): void {
  if (legendHeight(entries, width) === 0) return;
  const columns = columnsOf(width);
  pen.save();
  pen.font = `11px ${colours.font}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.lineWidth = 2.5;
  for (const [index, { name, colour, dashed = false }] of entries.entries()) {
    const left = 6 + (index % columns) * ENTRY_WIDTH;
    const middle = top + 8 + (Math.floor(index / columns) + 0.5) * ENTRY_HEIGHT;
    pen.strokeStyle = colour;
    pen.setLineDash(dashed ? [4, 2] : []);
    pen.beginPath();
    pen.moveTo(left, middle);
    pen.lineTo(left + 16, middle);
    pen.stroke();
    pen.fillStyle = colours.text;
    pen.fillText(fitText(pen, name, ENTRY_WIDTH - 34), left + 22, middle);
  }
  pen.restore();
}

function columnsOf(width: number): number {
  return Math.max(1, Math.floor(width / ENTRY_WIDTH));
}

const RAMP_WIDTH = 160;
const RAMP_HEIGHT = 8;
const RAMP_LINE = 26;

/** The height of the key to colours by a column. */
export function colourKeyHeight(legend: ColourLegend, width: number): number {
  return legend.kind === 'ramp' ? RAMP_LINE : legendHeight(legend.entries.map(toEntry), width);
}

/** Draws what the colours by a column mean. */
export function paintColourKey(
  pen: Pen,
  title: string,
  legend: ColourLegend,
  top: number,
  width: number,
  colours: ChartColours,
): void {
  if (legend.kind === 'labels') {
    paintLegend(pen, legend.entries.map(toEntry), top, width, colours);
    return;
  }
  const middle = top + RAMP_LINE / 2;
  pen.save();
  pen.font = `11px ${colours.font}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillStyle = colours.text;
  let left = 6;
  for (const text of [title, legend.low]) {
    const shown = fitText(pen, text, width / 2);
    pen.fillText(shown, left, middle);
    left += pen.measureText(shown).width + 12;
  }
  const step = RAMP_WIDTH / legend.colours.length;
  for (const [i, colour] of legend.colours.entries()) {
    pen.fillStyle = colour;
    pen.fillRect(left + i * step, middle - RAMP_HEIGHT / 2, step + 0.5, RAMP_HEIGHT);
  }
  pen.fillStyle = colours.text;
  pen.fillText(legend.high, left + RAMP_WIDTH + 12, middle);
  pen.restore();
}

function toEntry({ label, colour }: { label: string; colour: string }): LegendEntry {
  return { name: label, colour };
}
