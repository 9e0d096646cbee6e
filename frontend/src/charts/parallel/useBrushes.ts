import { useEffect, useMemo, useState } from 'react';
import type { RunChartProps } from '../runCharts.ts';
import type { Brush, Brushes } from './brushes.ts';
import { joinQuery, toQuery } from './brushQuery.ts';
import { brushedKinds } from './needs.ts';
import { partQuery } from './partQuery.ts';
import { isExpression } from './queryTokens.ts';

/** Stands in the address where a query's ranges are lifted, which nothing at all would read as. */
const NO_BRUSH = 'none';

/** As much as the query field takes. */
const MOST_CHARACTERS = 1_000;

export type BrushState = {
  brushes: Brushes;
  /** Changes one; while it is dragged, the address stays as it is. */
  setBrush: (name: string, brush: Brush | undefined, dragging?: boolean) => void;
  clear: () => void;
  /** The query of the page with the brushes in it; undefined where that is the query already. */
  filter: { query: string | undefined; tooLong: boolean } | undefined;
  /** Words in the query field, which cannot be joined with conditions. */
  words: string | undefined;
};

/** The brushes: those of the page's query, until others are drawn, which the address keeps. */
export function useBrushes(axes: readonly string[], props: RunChartProps): BrushState {
  const { columns, scope, search, onSearchChange } = props;
  const kinds = useMemo(() => brushedKinds(axes, columns), [axes, columns]);
  const page = useMemo(() => partQuery(scope.search, kinds), [scope.search, kinds]);
  const kept = useMemo(() => {
    if (search.brush === undefined) return page.brushes;
    return search.brush === NO_BRUSH ? NONE : partQuery(search.brush, kinds).brushes;
  }, [search.brush, page, kinds]);
  const [draft, setDraft] = useState<Brushes>();
  // What the address says now counts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setDraft(undefined), [kept]);
  const brushes = draft ?? kept;

  const keep = (next: Brushes): void => {
    const text = toQuery(next, kinds);
    setDraft(next);
    onSearchChange({ brush: text === toQuery(page.brushes, kinds) ? undefined : text || NO_BRUSH });
  };
  const setBrush = (name: string, brush: Brush | undefined, dragging = false): void => {
    const next = new Map(brushes);
    if (brush === undefined) next.delete(name);
    else next.set(name, brush);
    if (dragging) setDraft(next);
    else keep(next);
  };

  // Words cannot be joined with conditions: the brushes take their place.
  const words = scope.search !== undefined && !isExpression(scope.search) ? scope.search : undefined;
  const text = toQuery(kept, kinds);
  const query = joinQuery(words === undefined ? page.rest : [], text);
  const changed = search.brush !== undefined && draft === undefined;
  return {
    brushes,
    setBrush,
    clear: () => keep(NONE),
    filter: changed ? { query, tooLong: (query?.length ?? 0) > MOST_CHARACTERS } : undefined,
    words,
  };
}

const NONE: Brushes = new Map();
