import { formatNumber } from '../../formatting/numbers.ts';
import type { Range } from '../scales/axes.ts';
import type { MetricLine } from './metricLine.ts';
import type { Placing } from './nearestRun.ts';
import { type MarkedRun, MOST_DISCS } from './paintTimeSeries.ts';
import { placeMarks } from './placeMarks.ts';
import type { RunAxis } from './runAxis.ts';

/** Width of a digit in a label, in pixels. */
const LABEL_CHARACTER = 6.6;

/**
 * The compared runs as they are marked in a chart.
 *
 * @param marked rows of the compared runs, in the order of the comparison
 * @param bottom of the area that labels may stand in, in pixels
 */
export function markRuns(
  marked: readonly (number | undefined)[],
  lines: readonly MetricLine[],
  axis: RunAxis,
  range: Range,
  { toX, toY }: Placing,
  bottom: number,
): MarkedRun[] {
  const seen = lines.flatMap((line) =>
    marked.flatMap((row, position): MarkedRun[] => {
      const height = row === undefined ? Number.NaN : (line.heights[row] ?? Number.NaN);
      const place = row === undefined ? Number.NaN : (axis.places[row] ?? Number.NaN);
      if (Number.isNaN(height) || !(place >= range[0] && place <= range[1])) return [];
      // Towards the middle, so that no number is cut off at the edge.
      const labelSide = place > range[0] + (range[1] - range[0]) * 0.7 ? 'left' : 'right';
      const label = formatNumber(line.values[row ?? -1] ?? Number.NaN, line.format);
      return [{ position, place, height, label, labelSide, shift: 0 }];
    }),
  );
  // Many runs have no room for their values: their numbers stand beside the points, where they can be read. On several
  // lines there is no room for either.
  if (lines.length > 1) return seen.map((run) => ({ ...run, label: '' }));
  const many = seen.length > MOST_DISCS;
  const named = many ? seen.map((run) => ({ ...run, label: String(run.position + 1) })) : seen;
  const shifts = placeMarks(
    named.map(({ place, height, label, labelSide }) => ({
      x: toX(place),
      y: toY(height),
      labelWidth: label.length * LABEL_CHARACTER + 5,
      labelSide,
    })),
    { top: 0, bottom },
    many ? 0 : undefined,
  );
  return named.map((run, i) => ({ ...run, shift: shifts[i] }));
}
