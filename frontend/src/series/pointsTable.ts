import type { ChartTable } from '../charts/frame/chartTable.ts';
import { formatDuration } from '../formatting/time.ts';
import type { CurveLine } from './curveLine.ts';

/**
 * The points of the lines of a chart, one line after the other, as they stand behind the chart and in its file.
 *
 * @param ofRuns whether each line is of another run, whose name stands first
 */
export function pointsTable(lines: readonly CurveLine[], ofRuns: boolean): ChartTable {
  const ends: number[] = [];
  for (const { points } of lines) ends.push((ends.at(-1) ?? 0) + points.steps.length);
  const find = (row: number): { line: CurveLine; point: number } | undefined => {
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    const line = lines[low];
    return line && { line, point: row - (ends[low - 1] ?? 0) };
  };
  const read =
    (column: (line: CurveLine) => Float64Array | undefined) =>
    (row: number): number => {
      const found = find(row);
      return (found && column(found.line)?.[found.point]) ?? Number.NaN;
    };
  const timed = lines.some(({ points }) => points.times !== undefined);
  const seconds = (row: number): number => {
    const found = find(row);
    return found
      ? ((found.line.points.times?.[found.point] ?? Number.NaN) - found.line.runStart) / 1000
      : Number.NaN;
  };
  return {
    rows: ends.at(-1) ?? 0,
    columns: [
      ...(ofRuns
        ? [
            {
              title: 'Run',
              value: (row: number) => find(row)?.line.exportedAs ?? find(row)?.line.name,
              text: (row: number) => find(row)?.line.name ?? '',
            },
          ]
        : []),
      { title: 'Step', numeric: true, value: read(({ points }) => points.steps) },
      { title: 'Value', numeric: true, value: read(({ points }) => points.values) },
      ...(timed
        ? [
            {
              title: 'Seconds since the start',
              numeric: true,
              value: seconds,
              text: (row: number) => formatDuration(Math.max(0, seconds(row))),
            },
          ]
        : []),
    ],
  };
}
