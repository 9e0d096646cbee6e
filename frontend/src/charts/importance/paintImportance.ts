import type { Pen } from '../frame/pen.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import { fitText } from '../surface/fitText.ts';
import { type JudgedParameter, saidWay, writeImportance } from './judgedParameter.ts';

const ROW = 24;
const NAMES_SHARE = 0.3;
const WORDS = 190;

/** The height of a picture of so many parameters. */
export function importanceHeight(parameters: number): number {
  return parameters * ROW + 8;
}

/** Draws the bars as saved pictures have them. */
export function paintImportance(
  pen: Pen,
  parameters: readonly JudgedParameter[],
  width: number,
  colours: ChartColours,
): void {
  const names = width * NAMES_SHARE;
  const room = Math.max(20, width - names - WORDS);
  const most = Math.max(1e-12, ...parameters.map(({ importance }) => importance));
  pen.textBaseline = 'middle';
  for (const [index, parameter] of parameters.entries()) {
    const middle = 4 + (index + 0.5) * ROW;
    pen.font = `12px ${colours.font}`;
    pen.textAlign = 'right';
    pen.fillStyle = colours.text;
    pen.fillText(fitText(pen, parameter.name, names - 12), names - 8, middle);
    const length = (Math.max(0, parameter.importance) / most) * room;
    pen.fillStyle = wayColour(parameter, colours);
    pen.fillRect(names, middle - 7, Math.max(1, length), 14);
    pen.textAlign = 'left';
    pen.fillStyle = colours.dimmed;
    pen.fillText(
      `${writeImportance(parameter.importance)}  ${saidWay(parameter)}`,
      names + length + 8,
      middle,
    );
  }
}

function wayColour({ correlation }: JudgedParameter, colours: ChartColours): string {
  if (correlation === null) return colours.dimmed;
  return (correlation >= 0 ? colours.runs[0] : colours.runs[2]) ?? colours.accent;
}
