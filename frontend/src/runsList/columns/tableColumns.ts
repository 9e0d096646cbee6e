import { MAX_WIDTH } from '../../runs/columnWidths.ts';
import { isMeant, metricOfColumn } from '../../runs/metricId.ts';
import {
  type ColumnKind,
  describeColumn,
  formatRunColumn,
  kindOfColumn,
  parseRunColumn,
  RUN_FIELDS,
  type RunColumn,
  splitColumnName,
  titleOfColumn,
} from '../../runs/runColumns.ts';
import type { MetricColumn, ParameterColumn } from '../runsQuery.ts';

/** Metrics that are shown before anybody has chosen. */
const FIRST_METRICS = 12;

/** Of fields, the columns that are shown before anybody has chosen; the metrics stand before the last one. */
const FIRST_FIELDS = [
  'bookmarked',
  'status',
  'title',
  'started',
  'duration',
  'author',
  'git.branch',
  'pipeline',
];

/** Columns that stay in place while one scrolls sideways. */
const FIRST_PINNED = ['bookmarked', 'status', 'title'];

/** In the address: nothing is pinned. */
export const NOTHING_PINNED = 'none';

/** A column as the table shows it. */
export type TableColumn = {
  /** As everywhere: "duration", "metrics.evaluate.r2_score". */
  name: string;
  column: RunColumn;
  kind: ColumnKind;
  title: string;
  /** For screen readers and on hover. */
  description: string;
  /** The dataset of a metric, or the names that a parameter's name begins with; empty for what is of the run itself. */
  group: string;
  numeric: boolean;
  metric?: MetricColumn;
  parameter?: ParameterColumn;
};

/** All columns that there are, by name; those of one group stand together. */
export type ColumnCatalog = ReadonlyMap<string, TableColumn>;

/** Which columns the address asks for. */
export type ColumnChoice = { columns?: string[]; pinned?: string[] };

export function createCatalog(
  metrics: readonly MetricColumn[],
  parameters: readonly ParameterColumn[],
): ColumnCatalog {
  const catalog = new Map<string, TableColumn>();
  for (const name of RUN_FIELDS) catalog.set(name, createColumn({ source: 'run', name }));
  for (const metric of metrics) {
    const column = createColumn({ source: 'metrics', name: metric.id }, { metric });
    catalog.set(column.name, column);
  }
  for (const parameter of parameters) {
    const column = createColumn({ source: 'params', name: parameter.name }, { parameter });
    catalog.set(column.name, column);
  }
  return catalog;
}

function createColumn(column: RunColumn, known: Pick<TableColumn, 'metric' | 'parameter'> = {}): TableColumn {
  const { metric, parameter } = known;
  const { dataset, key } = splitColumnName(column.name);
  const kind = parameter?.kind === 'NUMBER' ? 'number' : kindOfColumn(column);
  return {
    name: formatRunColumn(column),
    column,
    kind,
    title: metric?.key ?? titleOfColumn(column),
    description: metric ? `${metric.key} of ${metric.dataset}` : describeColumn(column),
    group: column.source === 'run' ? '' : (metric?.dataset ?? (dataset || key)),
    numeric: kind === 'number',
    ...known,
  };
}

/** The names of the columns to show, in their order: those chosen, or a first choice. */
export function namesToShow({ columns }: ColumnChoice, catalog: ColumnCatalog, hasTags: boolean): string[] {
  if (columns !== undefined) {
    const wanted = columns.filter((name) => parseRunColumn(name) !== undefined);
    const known = [...new Set(wanted.flatMap((name) => namesMeant(name, catalog)))];
    // A row without its title could not be opened.
    return known.includes('title') ? known : ['title', ...known];
  }
  const metrics = [...catalog.values()].filter(({ metric }) => metric).slice(0, FIRST_METRICS);
  const names = FIRST_FIELDS.filter((name) => name !== 'pipeline');
  return [...names, ...(hasTags ? ['tags'] : []), ...metrics.map(({ name }) => name), 'pipeline'];
}

/**
 * The columns that a name in an address means. A metric may have had another id when the address was kept; where several
 * metrics share that id by now, all of them are shown.
 */
function namesMeant(name: string, catalog: ColumnCatalog): string[] {
  const id = catalog.has(name) ? undefined : metricOfColumn(name);
  if (id === undefined) return [name];
  const meant = [...catalog.values()].filter(({ metric }) => metric && isMeant(id, metric));
  return meant.length > 0 ? meant.map((column) => column.name) : [name];
}

/** The names of the columns that stay in place. */
export function namesPinned({ pinned }: ColumnChoice): readonly string[] {
  return pinned ?? FIRST_PINNED;
}

/** What is known of a column; one that no run has a value for is a column, too. */
export function columnOf(name: string, catalog: ColumnCatalog): TableColumn | undefined {
  const column = parseRunColumn(name);
  return catalog.get(name) ?? (column && createColumn(column));
}

/** The columns to show: first those that are pinned, then the others, each in their order. */
export function columnsToShow(
  names: readonly string[],
  pinned: readonly string[],
  catalog: ColumnCatalog,
): { pinned: TableColumn[]; free: TableColumn[] } {
  const columns = names.flatMap((name) => columnOf(name, catalog) ?? []);
  const stays = new Set(pinned);
  return {
    pinned: columns.filter(({ name }) => stays.has(name)),
    free: columns.filter(({ name }) => !stays.has(name)),
  };
}

const FIELD_WIDTHS: Record<string, number> = {
  bookmarked: 34,
  status: 34,
  title: 248,
  started: 100,
  ended: 100,
  duration: 88,
  author: 116,
  'git.branch': 184,
  'git.sha': 96,
  'git.dirty': 96,
  project: 150,
  pipeline: 120,
  env: 110,
  kedro_version: 84,
  tags: 150,
  notes: 260,
  command: 220,
  archived: 88,
  id: 190,
};

/** How wide a column is, in pixels, unless somebody has drawn it otherwise. */
export function widthOf(column: TableColumn, widths: ReadonlyMap<string, number>, compact = false): number {
  const drawn = widths.get(column.name);
  if (drawn !== undefined) return drawn;
  if (column.name === 'title' && compact) return 190;
  if (column.column.source === 'run') return FIELD_WIDTHS[column.name] ?? 130;
  // With room for the marks of a sort by several columns.
  return Math.min(MAX_WIDTH, 200, Math.max(104, Math.round(column.title.length * 7.2 + 60)));
}
