import { useMemo } from 'react';
import type { RunTable } from '../../data/runTable/runTable.ts';
import { describeColumn, kindOfColumn, parseRunColumn } from '../../runs/runColumns.ts';
import type { ChartColours } from './chartColours.ts';
import { type Colouring, colourBy } from './colouring.ts';

/** How runs are coloured, and by what. */
export type TitledColouring = Colouring & { title: string };

/**
 * The colours of runs by a column.
 *
 * @param name of the column; undefined comes back without one, and for one that the table lacks
 */
export function useColouring(
  table: RunTable,
  name: string | undefined,
  colours: ChartColours,
): TitledColouring | undefined {
  return useMemo(() => {
    const named = name === undefined ? undefined : parseRunColumn(name);
    const column = name === undefined ? undefined : table.columns.get(name);
    if (named === undefined || column === undefined) return undefined;
    return { title: describeColumn(named), ...colourBy(column, kindOfColumn(named) === 'time', colours) };
  }, [table, name, colours]);
}
