import { useMemo } from 'react';
import type { ExperimentsSearch } from '../../address/search.ts';
import { formatWidths } from '../../runs/columnWidths.ts';
import { useSetMetricDirection } from '../../runs/metricDirections.ts';
import { nextSort, sortKeys } from '../../runs/runSort.ts';
import { hideColumns, moveColumn, pinColumn, stepColumn } from '../columns/columnEdits.ts';
import type { TableColumns } from '../columns/useTableColumns.ts';
import type { HeaderActions, SortPlace } from './headerActions.ts';

type HeaderInput = {
  sort: readonly string[] | undefined;
  columns: TableColumns;
  onChange: (part: Partial<ExperimentsSearch>) => void;
};

/** What the headers of columns show of the sort, and do. */
export function useHeaderActions({ sort, columns, onChange }: HeaderInput): {
  sorts: ReadonlyMap<string, SortPlace>;
  headerActions: HeaderActions;
} {
  const setDirection = useSetMetricDirection();
  const { state, widths } = columns;
  const sorts = useMemo(
    () =>
      new Map(
        sortKeys(sort).map(({ column, direction }, index) => [column, { order: index + 1, direction }]),
      ),
    [sort],
  );
  const headerActions: HeaderActions = {
    onSort: (column, add) => {
      const better = columns.catalog.get(column)?.metric?.direction;
      onChange({ sort: nextSort(sort, column, { add, better }) });
    },
    onSortBy: (key) => onChange({ sort: key === '-started' ? undefined : [key] }),
    onUnsort: (column) => {
      const rest = sort?.filter((key) => key !== column && key !== `-${column}`);
      onChange({ sort: rest?.length ? rest : undefined });
    },
    onPin: (column, pin) => onChange(pinColumn(state, column, pin)),
    onHide: (column) => onChange(hideColumns(state, [column])),
    onStep: (column, step) => onChange(stepColumn(state, column, step)),
    onMove: (column, before) => onChange(moveColumn(state, column, before)),
    onResize: (column, width) => {
      const next = new Map(widths);
      if (width === undefined) next.delete(column);
      else next.set(column, width);
      onChange({ widths: formatWidths(next) });
    },
    onDirection: ({ column }, direction) => void setDirection(column.name, direction),
  };
  return { sorts, headerActions };
}
