import type { MetricDirection } from '../../data/generated/graphql.ts';
import type { TableColumn } from '../columns/tableColumns.ts';

/** What can be done with columns in their header. */
export type HeaderActions = {
  /** `add` keeps what the list is sorted by already. */
  onSort: (column: string, add: boolean) => void;
  /** Sorts by this column alone. */
  onSortBy: (key: string) => void;
  onUnsort: (column: string) => void;
  onPin: (column: string, pin: boolean) => void;
  onHide: (column: string) => void;
  onStep: (column: string, step: -1 | 1) => void;
  /** Puts a column in front of another, or at the end. */
  onMove: (column: string, before: string | undefined) => void;
  /** Undefined: as wide as it was before anybody drew it. */
  onResize: (column: string, width: number | undefined) => void;
  onDirection: (column: TableColumn, direction: MetricDirection | null) => void;
};

/** Where a column stands in the sort. */
export type SortPlace = { order: number; direction: 'ASC' | 'DESC' };
