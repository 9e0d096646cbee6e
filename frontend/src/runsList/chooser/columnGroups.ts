import { splitColumnName } from '../../runs/runColumns.ts';
import type { ColumnCatalog, TableColumn } from '../columns/tableColumns.ts';

/** Columns that are shown or hidden together: those of the run, of a dataset, or of a parameter's first name. */
export type ColumnGroup = { key: string; title: string; note: string; columns: TableColumn[] };

/** The groups of all columns whose name has every word of a text. */
export function groupColumns(catalog: ColumnCatalog, text = ''): ColumnGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, ColumnGroup>();
  for (const column of catalog.values()) {
    const told = `${column.name} ${column.title} ${column.description}`.toLowerCase();
    if (!words.every((word) => told.includes(word))) continue;
    const { key, title, note } = groupOf(column);
    const group = groups.get(key);
    if (group) group.columns.push(column);
    else groups.set(key, { key, title, note, columns: [column] });
  }
  return [...groups.values()];
}

function groupOf({ column, metric }: TableColumn): Omit<ColumnGroup, 'columns'> {
  if (column.source === 'run') return { key: 'run', title: 'Run', note: '' };
  if (column.source === 'metrics') {
    const dataset = metric?.dataset ?? splitColumnName(column.name).dataset;
    return { key: `metrics.${dataset}`, title: dataset, note: 'metrics' };
  }
  const [first = ''] = column.name.split('.');
  const alone = first === column.name;
  return alone
    ? { key: 'params', title: 'Parameters', note: '' }
    : { key: `params.${first}`, title: first, note: 'parameters' };
}

/** Lines of the list of all columns: a group's name, then its columns. */
export type ChooserLine =
  | { kind: 'group'; group: ColumnGroup }
  | { kind: 'column'; column: TableColumn; group: ColumnGroup };

export function linesOf(groups: readonly ColumnGroup[]): ChooserLine[] {
  return groups.flatMap((group): ChooserLine[] => [
    { kind: 'group', group },
    ...group.columns.map((column) => ({ kind: 'column', column, group }) as const),
  ]);
}

/** What a column is called beside others of its group. */
export function labelInGroup({ column, title }: TableColumn, group: ColumnGroup): string {
  if (column.source !== 'params') return title;
  return group.key === 'params' ? column.name : column.name.slice(group.title.length + 1);
}
