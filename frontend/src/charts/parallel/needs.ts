import { kindOfColumn, parseRunColumn } from '../../experiments/runColumns.ts';
import type { ChartColumns, ChartNeeds } from '../runCharts.ts';
import { type BrushedKind, type BrushedKinds, joinQuery } from './brushQuery.ts';
import { partQuery } from './partQuery.ts';

/** As many stand beside one another at first as there is room for on most screens. */
const MOST_PARAMETERS = 4;
const MOST_METRICS = 8;

/** The axes that are shown: those that were chosen, or else parameters that differ and the metrics of the list. */
export function chosenAxes({ search, columns, shown }: ChartNeeds): readonly string[] {
  if (search.axes) return search.axes;
  const parameters = columns.parameters
    .filter(({ kind, min, max }) => kind === 'NUMBER' && min !== null && max !== null && min < max)
    .slice(0, MOST_PARAMETERS);
  return [
    ...parameters.map(({ name }) => `params.${name}`),
    ...shown.slice(0, MOST_METRICS).map((id) => `metrics.${id}`),
  ];
}

/** The name of an axis' column. */
export function columnOf(axis: string): string {
  return axis.replace(/^-/, '');
}

export function parallelNeeds(needs: ChartNeeds): string[] {
  const { colour } = needs.search;
  return [...new Set([...chosenAxes(needs).map(columnOf), ...(colour ? [colour] : [])])];
}

/** What conditions on the axes compare. Columns of other kinds cannot be brushed by a query. */
export function brushedKinds(axes: readonly string[], columns: ChartColumns): BrushedKinds {
  const parameters = new Map(columns.parameters.map(({ name, kind }) => [name, kind]));
  const kinds = new Map<string, BrushedKind>();
  for (const name of axes.map(columnOf)) {
    const column = parseRunColumn(name);
    if (column === undefined) continue;
    if (column.source === 'params') {
      const kind = parameters.get(column.name);
      if (kind === 'NUMBER' || kind === 'TEXT' || kind === 'BOOLEAN') kinds.set(name, WORDS[kind]);
    } else {
      const kind = kindOfColumn(column);
      if (kind === 'number' || kind === 'time' || kind === 'text' || kind === 'boolean')
        kinds.set(name, kind);
    }
  }
  return kinds;
}

const WORDS = { NUMBER: 'number', TEXT: 'text', BOOLEAN: 'boolean' } as const;

/** The page's query without what is shown as brushes: so that they can be widened again. */
export function parallelQuery(query: string | undefined, needs: ChartNeeds): string | undefined {
  return joinQuery(partQuery(query, brushedKinds(chosenAxes(needs), needs.columns)).rest, '');
}
