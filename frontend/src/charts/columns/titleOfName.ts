import { describeColumn, parseRunColumn } from '../../runs/runColumns.ts';

/** A column in words, by its name: "r2_score of evaluate". */
export function titleOfName(name: string): string {
  const column = parseRunColumn(name);
  return column === undefined ? name : describeColumn(column);
}
