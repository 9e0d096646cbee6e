import type { RunColumnData, RunTable } from '../../data/runTable/runTable.ts';
import { countOf } from '../../formatting/numbers.ts';
import { titleOfName } from '../columns/titleOfName.ts';

/** More would make no sentence. */
const MOST_NAMED = 2;

/**
 * Why a chart of some columns has nothing to draw, in a sentence.
 *
 * @param names of the columns, of which a run must have all to be drawn
 * @param hidden how many values a logarithmic scale has no place for
 */
export function whyNothing(table: RunTable, names: readonly string[], hidden: number): string {
  if (hidden > 0) return 'No value above zero: nothing to draw on a logarithmic scale.';
  const runs = table.runIds.length;
  const lacking = names.filter((name) => !hasValues(table.columns.get(name)));
  if (lacking.length === 0) return `No run has both ${titlesOf(names, 'and')}.`;
  if (runs === 0) return 'There is no run to draw.';
  const whose =
    runs === 1 ? 'The only run here has no value' : `None of these ${countOf(runs, 'run')} has a value`;
  return `${whose} of ${titlesOf(lacking, 'or')}.`;
}

function hasValues(column: RunColumnData | undefined): boolean {
  if (column === undefined) return false;
  return column.kind === 'number' ? !Number.isNaN(column.min) : column.codes.some((code) => code >= 0);
}

function titlesOf(names: readonly string[], between: string): string {
  const titles = [...new Set(names)].map(titleOfName);
  return titles.length > MOST_NAMED ? 'any of these columns' : titles.join(` ${between} `);
}
