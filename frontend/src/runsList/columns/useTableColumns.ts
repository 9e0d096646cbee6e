import { useMemo } from 'react';
import { useQuery } from 'urql';
import type { ExperimentsSearch } from '../../address/search.ts';
import { useChangesAtMost } from '../../data/useChangesAtMost.ts';
import { parseWidths } from '../../runs/columnWidths.ts';
import { TagsQuery } from '../../runs/tags/tagsQuery.ts';
import { type MetricColumn, ParameterColumnsQuery } from '../runsQuery.ts';
import { type ColumnState, stateOf } from './columnEdits.ts';
import { type ColumnCatalog, columnsToShow, createCatalog, type TableColumn } from './tableColumns.ts';

/** The columns of the table. */
export type TableColumns = {
  catalog: ColumnCatalog;
  state: ColumnState;
  shown: { pinned: readonly TableColumn[]; free: readonly TableColumn[] };
  widths: ReadonlyMap<string, number>;
  /** Whether it is known which columns there are. */
  known: boolean;
};

/** New names come with new runs, and a list of them is not worth a question each second. */
const REFRESH_MS = 2000;

const NONE: never[] = [];

/**
 * The columns that the address asks for, or a first choice.
 *
 * @param metrics undefined until it is known which there are
 * @param compact no room for columns that stay in place
 */
export function useTableColumns(
  search: ExperimentsSearch,
  metrics: MetricColumn[] | undefined,
  compact: boolean,
): TableColumns {
  const [parameters, askParameters] = useQuery({ query: ParameterColumnsQuery });
  const [tags, askTags] = useQuery({ query: TagsQuery });
  useChangesAtMost(REFRESH_MS, ['RUNS'], () => {
    askParameters({ requestPolicy: 'network-only' });
    askTags({ requestPolicy: 'network-only' });
  });
  const parameterColumns = parameters.data?.parameterColumns;
  const catalog = useMemo(
    () => createCatalog(metrics ?? NONE, parameterColumns ?? NONE),
    [metrics, parameterColumns],
  );
  const hasTags = (tags.data?.tags.length ?? 0) > 0;
  const { columns, pinned, widths } = search;
  const state = useMemo(
    () => stateOf({ columns, pinned }, catalog, hasTags),
    [columns, pinned, catalog, hasTags],
  );
  const shown = useMemo(
    () => columnsToShow(state.names, compact ? NONE : state.pinned, catalog),
    [state, catalog, compact],
  );
  const drawn = useMemo(() => parseWidths(widths), [widths]);
  const known =
    metrics !== undefined &&
    (parameterColumns !== undefined || parameters.error !== undefined) &&
    (tags.data !== undefined || tags.error !== undefined);
  return { catalog, state, shown, widths: drawn, known };
}
