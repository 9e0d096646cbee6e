import { useMediaQuery } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { countOf } from '../../formatting/numbers.ts';
import type { ComparedRun } from '../comparisonQueries.ts';
import { ComparisonValue } from './ComparisonValue.tsx';
import type { Direction } from './metricDelta.ts';
import { PropertyLabel } from './PropertyLabel.tsx';
import { type PropertyColumn, propertyColumns } from './propertyColumns.ts';
import { RunRowHeader } from './RunRowHeader.tsx';
import classes from './RunsInRows.module.css';
import { ColumnsGap, RunsTableFrame, TableRow } from './RunsTableFrame.tsx';
import { bestOf, directionOf, type RunsTableProps } from './runsTable.ts';
import { sortedBy } from './sortRuns.ts';
import { toLines } from './tableLines.ts';

const ROW_HEIGHT = 36;

/** Runs in rows, properties in columns; both exist only while they are in view. The baseline stays above the others. */
export function RunsInRows(props: RunsTableProps) {
  const { runs, sections, showAlike = false, shown, directions, onBaseline, onRunsChange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 640px)', window.innerWidth <= 640) ?? false;
  const runWidth = narrow ? 168 : 304;
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const columns = useMemo(
    () => propertyColumns(toLines(sections, { comparing: runs.length > 1, showAlike, toggled })),
    [sections, runs.length, showAlike, toggled],
  );
  const ids = useMemo(() => runs.map(({ id }) => id), [runs]);
  const rows = useVirtualizer({
    count: Math.max(0, runs.length - 1),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.width ?? 100,
    paddingStart: runWidth,
    overscan: 2,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns have other widths
  useEffect(() => across.measure(), [columns, runWidth]);
  // What is best is asked for once a property, not once a cell.
  const judged = useMemo(
    () =>
      columns.map((column) => {
        const row = column.kind === 'property' ? column.line.row : undefined;
        const direction = row && directionOf(row, directions);
        return { direction, best: row ? bestOf(row, direction) : NOWHERE };
      }),
    [columns, directions],
  );
  const visible = across.getVirtualItems();
  const before = (visible[0]?.start ?? runWidth) - runWidth;
  const cells = { columns, judged, from: visible[0]?.index ?? 0, to: visible.at(-1)?.index ?? -1, before };
  const toggle = useCallback(
    (section: string, open: boolean) => setToggled((now) => new Map(now).set(section, open)),
    [],
  );
  const line = (index: number) => {
    const run = runs[index];
    return run && <RunCells {...cells} {...{ run, index, ids, shown, onBaseline, onRunsChange }} />;
  };

  return (
    <RunsTableFrame
      scroller={scroller}
      rows={runs.length + 1}
      columns={columns.length + 1}
      width={across.getTotalSize()}
      height={rows.getTotalSize()}
      style={{ '--run-width': `${runWidth}px` } as CSSProperties}
      head={
        <>
          <TableRow place={1} className={classes.headRow}>
            <div role="columnheader" aria-colindex={1} className={classes.corner}>
              Run
            </div>
            <ColumnsGap width={before} />
            {visible.map((item) => {
              const column = columns[item.index];
              return (
                column && (
                  <Head
                    key={column.key}
                    {...{ column, runs, directions, onRunsChange }}
                    place={item.index + 2}
                    width={item.size}
                    onToggle={toggle}
                  />
                )
              );
            })}
          </TableRow>
          <TableRow place={2} className={classes.baseline}>
            {line(0)}
          </TableRow>
        </>
      }
    >
      {rows.getVirtualItems().map((item) => (
        <TableRow key={ids[item.index + 1]} place={item.index + 3} className={classes.row} top={item.start}>
          {line(item.index + 1)}
        </TableRow>
      ))}
    </RunsTableFrame>
  );
}

const NOWHERE: ReadonlySet<number> = new Set();

type RunCellsProps = Pick<RunsTableProps, 'shown' | 'onBaseline' | 'onRunsChange'> & {
  run: ComparedRun;
  index: number;
  ids: string[];
  columns: PropertyColumn[];
  /** Of each column. */
  judged: { direction: Direction; best: ReadonlySet<number> }[];
  /** The first and the last column in view, and the room before them. */
  from: number;
  to: number;
  before: number;
};

/** A run and its values. Scrolling down renders those that come into view, and none again. */
const RunCells = memo(function RunCells(props: RunCellsProps) {
  const { run, index, ids, columns, judged, from, to, before, shown, onBaseline, onRunsChange } = props;
  return (
    <>
      <RunRowHeader {...{ run, index, ids, onBaseline, onRunsChange }} />
      <ColumnsGap width={before} />
      {columns.slice(from, to + 1).map((column, offset) => {
        const { direction, best = NOWHERE } = judged[from + offset] ?? {};
        const row = column.kind === 'property' ? column.line.row : undefined;
        return (
          <div
            key={column.key}
            role="cell"
            aria-colindex={from + offset + 2}
            className={classes.cell}
            style={{ width: column.width }}
          >
            {column.kind === 'property' && row && (
              <ComparisonValue
                {...{ row, index, direction, shown, best }}
                format={column.line.format}
                roomy={false}
              />
            )}
          </div>
        );
      })}
    </>
  );
});

type HeadProps = Pick<RunsTableProps, 'runs' | 'directions' | 'onRunsChange'> & {
  column: PropertyColumn;
  place: number;
  width: number;
  onToggle: (section: string, open: boolean) => void;
};

const Head = memo(function Head({ column, place, width, onToggle, ...table }: HeadProps) {
  if (column.kind === 'alike') {
    return (
      <div role="columnheader" aria-colindex={place} className={classes.column} style={{ width }}>
        <button
          type="button"
          className={classes.alike}
          aria-expanded={column.open}
          onClick={() => onToggle(column.section, !column.open)}
        >
          <IconChevronRight size={14} aria-hidden />
          {countOf(column.count, 'is', 'are')} the same in all runs
        </button>
      </div>
    );
  }
  const { row } = column.line;
  return (
    <div
      role="columnheader"
      aria-colindex={place}
      aria-sort={sortedBy(row)}
      aria-label={`${column.group} ${row.label}`}
      className={classes.column}
      title={`${column.group} ${row.label}`}
      style={{ width }}
    >
      <span className={classes.group}>{column.group}</span>
      <span className={classes.name} data-code={(row.kind === 'text' && row.path) || undefined}>
        <PropertyLabel {...table} row={row} whole={undefined} onWholeChange={() => {}} />
      </span>
    </div>
  );
});
