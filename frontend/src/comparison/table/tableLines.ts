import { chooseFormat, type NumberFormat } from '../../formatting/numbers.ts';
import type { ComparisonGroup, ComparisonRow, ComparisonSection } from './comparisonRows.ts';

/** A line of the comparison's table. */
export type Line =
  /** `differing` of `total` rows differ, where that is worth saying. */
  | { kind: 'section'; key: string; title: string; differing?: number; total?: number }
  | { kind: 'dataset'; key: string; dataset: string }
  /** Leads to the rows that are the same in all runs. */
  | { kind: 'alike'; key: string; section: string; count: number; open: boolean }
  | { kind: 'row'; key: string; row: ComparisonRow; format: NumberFormat };

/** More rows than this that are the same in all runs are shown only when asked for. */
const MOST_ALIKE = 20;

type TableOptions = {
  /** Whether there are runs that could differ. */
  comparing: boolean;
  /** Whether all rows that are alike are shown. */
  showAlike: boolean;
  /** Sections whose alike rows somebody opened or closed. */
  toggled: ReadonlyMap<string, boolean>;
};

/** The lines of the table; within a section with `differencesFirst`, what differs stands before what does not. */
export function toLines(sections: readonly ComparisonSection[], options: TableOptions): Line[] {
  return sections.flatMap((section): Line[] => {
    const { title, groups } = section;
    if (!section.differencesFirst || !options.comparing) {
      return [{ kind: 'section', key: title, title }, ...groups.flatMap((group) => groupLines(title, group))];
    }
    const rows = groups.flatMap((group) => group.rows);
    const count = rows.filter((row) => !row.differs).length;
    const open = options.toggled.get(title) ?? (options.showAlike || count <= MOST_ALIKE);
    const differing = rows.length - count;
    return [
      { kind: 'section', key: title, title, differing, total: rows.length },
      ...groups.flatMap((group) => groupLines(title, onlyRows(group, true))),
      ...(count > 0 ? [{ kind: 'alike' as const, key: `${title} alike`, section: title, count, open }] : []),
      ...(open ? groups.flatMap((group) => groupLines(`${title} alike`, onlyRows(group, false))) : []),
    ];
  });
}

function onlyRows(group: ComparisonGroup, differing: boolean): ComparisonGroup {
  return { ...group, rows: group.rows.filter((row) => row.differs === differing) };
}

function groupLines(section: string, { dataset, rows }: ComparisonGroup): Line[] {
  if (rows.length === 0) return [];
  return [
    ...(dataset === undefined ? [] : [{ kind: 'dataset' as const, key: `${section} ${dataset}`, dataset }]),
    ...rows.map((row): Line => {
      const format = row.kind === 'metric' ? chooseFormat(row.values) : chooseFormat([]);
      return { kind: 'row', key: row.key, row, format };
    }),
  ];
}
