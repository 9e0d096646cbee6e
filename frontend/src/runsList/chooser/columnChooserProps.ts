import type { ColumnEdit, ColumnState } from '../columns/columnEdits.ts';
import type { ColumnCatalog } from '../columns/tableColumns.ts';

export type ColumnChooserProps = {
  catalog: ColumnCatalog;
  state: ColumnState;
  /** Whether somebody has chosen. */
  chosen: boolean;
  onChange: (edit: ColumnEdit) => void;
};
