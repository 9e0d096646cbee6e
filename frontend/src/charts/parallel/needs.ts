import type { RunTable } from '../../data/runTable/runTable.ts';
import { metricColumn, metricOfColumn } from '../../runs/metricId.ts';
import { kindOfColumn, parseRunColumn } from '../../runs/runColumns.ts';
import { differingMetrics, differingNumbers, isDiffering } from '../columns/differing.ts';
import type { ChartColumns, ChartNeeds } from '../runCharts.ts';
import { type BrushedKind, type BrushedKinds, joinQuery } from './brushQuery.ts';
import { partQuery } from './partQuery.ts';

/** As many stand beside one another at first as there is room for on most screens. */
const MOST_PARAMETERS = 4;
const MOST_METRICS = 6;

/** One axis has no lines. */
const FEWEST = 2;

/** So many times as many are looked at, as the runs that are charted may be alike in some that differ elsewhere. */
const SPARE = 2;

/**
 * The axes that may be shown: those that were chosen, or else parameters and metrics of the list that are not the same in
 * all runs of the store.
 */
export function possibleAxes({ search, columns, shown }: ChartNeeds): readonly string[] {
  if (search.axes) return search.axes;
  const parameters = differingNumbers(columns.parameters);
  const differing = new Set(differingMetrics(columns.metrics).map(({ id }) => id));
  const metrics = shown.filter((id) => differing.has(id));
  const enough = parameters.length + metrics.length >= FEWEST ? metrics : shown;
  return [
    ...parameters.slice(0, SPARE * MOST_PARAMETERS).map(({ name }) => `params.${name}`),
    ...enough.slice(0, SPARE * MOST_METRICS).map((id) => metricColumn(id)),
  ];
}

/**
 * The axes that are shown: those that were chosen, or else those in which the runs of the table differ. Where they differ
 * in nothing that could be seen, as a single run does, axes are shown all the same.
 *
 * @param brushed names of columns, whose axes are shown in any case
 */
export function shownAxes(
  needs: ChartNeeds,
  table: RunTable,
  brushed: ReadonlyMap<string, unknown>,
): readonly string[] {
  const possible = possibleAxes(needs);
  if (needs.search.axes) return possible;
  const differs = (name: string): boolean => {
    const column = table.columns.get(name);
    return column !== undefined && isDiffering(column);
  };
  const differing = firstOfEach(possible.filter(differs));
  const enough = new Set(differing.length < FEWEST ? firstOfEach(possible) : differing);
  return possible.filter((name) => enough.has(name) || brushed.has(name));
}

function firstOfEach(names: readonly string[]): string[] {
  const parameters = names.filter((name) => name.startsWith('params.'));
  const metrics = names.filter((name) => metricOfColumn(name) !== undefined);
  return [...parameters.slice(0, MOST_PARAMETERS), ...metrics.slice(0, MOST_METRICS)];
}

/** The name of an axis' column. */
export function columnOf(axis: string): string {
  return axis.replace(/^-/, '');
}

export function parallelNeeds(needs: ChartNeeds): string[] {
  const { colour } = needs.search;
  return [...new Set([...possibleAxes(needs).map(columnOf), ...(colour ? [colour] : [])])];
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
  return joinQuery(partQuery(query, brushedKinds(possibleAxes(needs), needs.columns)).rest, '');
}
