import { useMemo } from 'react';
import { isExpression, MAX_QUERY_CHARACTERS } from '../../query/index.ts';
import type { RunChartProps } from '../runCharts.ts';
import type { Brushes } from './brushes.ts';
import { joinQuery, toQuery } from './brushQuery.ts';
import { brushedKinds } from './needs.ts';
import { partQuery } from './partQuery.ts';

/** Stands in the address where a query's ranges are lifted, which nothing at all would read as. */
const NO_BRUSH = 'none';

export type BrushState = {
  /** Those of the page's query, until others are drawn. */
  kept: Brushes;
  /** Keeps other ones, in the address. */
  keep: (brushes: Brushes) => void;
  /** The query of the page with the brushes in it; undefined where that is the query already. */
  filter: { query: string | undefined; tooLong: boolean } | undefined;
  /** Words in the query field, which cannot be joined with conditions: the brushes take their place. */
  words: string | undefined;
};

/** What is brushed, as the query and the address have it. */
export function useBrushes(axes: readonly string[], props: RunChartProps): BrushState {
  const { columns, scope, search, onSearchChange } = props;
  const kinds = useMemo(() => brushedKinds(axes, columns), [axes, columns]);
  const page = useMemo(() => partQuery(scope.search, kinds), [scope.search, kinds]);
  const kept = useMemo(() => {
    if (search.brush === undefined) return page.brushes;
    return search.brush === NO_BRUSH ? NONE : partQuery(search.brush, kinds).brushes;
  }, [search.brush, page, kinds]);
  const keep = (next: Brushes): void => {
    const text = toQuery(next, kinds);
    onSearchChange({ brush: text === toQuery(page.brushes, kinds) ? undefined : text || NO_BRUSH });
  };
  const words = scope.search !== undefined && !isExpression(scope.search) ? scope.search : undefined;
  const query = joinQuery(words === undefined ? page.rest : [], toQuery(kept, kinds));
  const filter = { query, tooLong: (query?.length ?? 0) > MAX_QUERY_CHARACTERS };
  return { kept, keep, filter: search.brush === undefined ? undefined : filter, words };
}

const NONE: Brushes = new Map();
