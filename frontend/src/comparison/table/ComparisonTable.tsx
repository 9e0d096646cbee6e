import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, memo, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { countOf } from '../../formatting/numbers.ts';
import { DatasetLink } from '../../runs/DatasetLink.tsx';
import classes from './ComparisonTable.module.css';
import { ComparisonValue } from './ComparisonValue.tsx';
import type { ComparisonRow } from './comparisonRows.ts';
import { PropertyLabel } from './PropertyLabel.tsx';
import { RunColumnHeader } from './RunColumnHeader.tsx';
import { ColumnsGap, RunsTableFrame, TableRow } from './RunsTableFrame.tsx';
import { bestOf, directionOf, type RunsTableProps } from './runsTable.ts';
import { type Line, toLines } from './tableLines.ts';

// The version of a dataset, which is an id of a run, fits into a line.
const COLUMN_WIDTH = 226;

type ComparisonTableProps = RunsTableProps & {
  /** Opens or closes what is nested below a row. */
  onFold?: (key: string) => void;
};

/** Runs in columns, properties in rows; both exist only while they are in view. The baseline always is. */
export function ComparisonTable(props: ComparisonTableProps) {
  const { runs, sections, showAlike = false, shown, directions, onBaseline, onRunsChange, onFold } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 640px)', window.innerWidth <= 640) ?? false;
  const labelWidth = narrow ? 116 : 232;
  const columnWidth = narrow ? 160 : COLUMN_WIDTH;
  const [toggledAlike, setToggledAlike] = useState<ReadonlyMap<string, boolean>>(new Map());
  const lines = useMemo(
    () => toLines(sections, { comparing: runs.length > 1, showAlike, toggled: toggledAlike }),
    [sections, runs.length, showAlike, toggledAlike],
  );
  const ids = useMemo(() => runs.map((run) => run.id), [runs]);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const toggleExpanded = useCallback((key: string) => {
    setExpanded((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);

  const rowVirtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const line = lines[index];
      return line === undefined ? 32 : estimateHeight(line);
    },
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 6,
  });
  const columnVirtualizer = useVirtualizer({
    horizontal: true,
    count: Math.max(0, runs.length - 1),
    getScrollElement: () => scroller.current,
    estimateSize: () => columnWidth,
    paddingStart: labelWidth + columnWidth,
    overscan: 2,
  });
  const columns = columnVirtualizer.getVirtualItems();
  const before = (columns[0]?.start ?? labelWidth + columnWidth) - labelWidth - columnWidth;

  const cells = (render: (index: number) => ReactNode) => (
    <>
      {render(0)}
      <ColumnsGap width={before} />
      {columns.map(({ index }) => render(index + 1))}
    </>
  );

  return (
    <RunsTableFrame
      scroller={scroller}
      rows={lines.length + 1}
      columns={runs.length + 1}
      width={columnVirtualizer.getTotalSize()}
      height={rowVirtualizer.getTotalSize()}
      style={
        {
          '--label-width': `${labelWidth}px`,
          '--column-width': `${columnWidth}px`,
          // On a narrow page nothing else would be left.
          '--baseline-left': narrow ? `-${columnWidth}px` : `${labelWidth}px`,
        } as CSSProperties
      }
      head={
        <TableRow place={1}>
          <div role="columnheader" aria-colindex={1} className={classes.corner}>
            <span className="visually-hidden">Property</span>
          </div>
          {cells((index) => {
            const run = runs[index];
            return run && <RunColumnHeader key={run.id} {...{ run, index, ids, onBaseline, onRunsChange }} />;
          })}
        </TableRow>
      }
    >
      {rowVirtualizer.getVirtualItems().map((item) => {
        const line = lines[item.index];
        if (line === undefined) return null;
        return (
          <TableRow
            key={line.key}
            ref={rowVirtualizer.measureElement}
            data-index={item.index}
            data-kind={line.kind}
            place={item.index + 2}
            className={classes.row}
            top={item.start}
          >
            {line.kind === 'section' && (
              <div role="rowheader" className={classes.section}>
                {line.title}
                {line.differing !== undefined && (
                  <span className={classes.tally}>
                    {line.differing === 0
                      ? 'all the same'
                      : `${line.differing} of ${line.total} ${line.differing === 1 ? 'differs' : 'differ'}`}
                  </span>
                )}
              </div>
            )}
            {line.kind === 'alike' && (
              <div role="rowheader" className={classes.alike}>
                <button
                  type="button"
                  className={classes.alikeToggle}
                  aria-expanded={line.open}
                  onClick={() => setToggledAlike(new Map(toggledAlike).set(line.section, !line.open))}
                >
                  <IconChevronDown size={14} aria-hidden />
                  {countOf(line.count, 'is', 'are')} the same in all runs
                </button>
              </div>
            )}
            {line.kind === 'dataset' && (
              <div role="rowheader" className={classes.dataset}>
                <DatasetLink name={line.dataset} />
              </div>
            )}
            {line.kind === 'row' && (
              <PropertyCells
                {...{ line, runs, shown, directions, before, onRunsChange, onFold }}
                from={columns[0]?.index ?? 0}
                to={columns.at(-1)?.index ?? -1}
                whole={expanded.has(line.key)}
                onWholeChange={toggleExpanded}
              />
            )}
          </TableRow>
        );
      })}
    </RunsTableFrame>
  );
}

type PropertyCellsProps = Pick<RunsTableProps, 'runs' | 'shown' | 'directions' | 'onRunsChange'> & {
  line: Line & { kind: 'row' };
  onFold?: (key: string) => void;
  /** The first and the last column in view after the baseline's, and the room before them. */
  from: number;
  to: number;
  before: number;
  whole: boolean;
  onWholeChange: (key: string) => void;
};

/** The name of a property and its value in each run. Scrolling down renders those that come into view, and none again. */
const PropertyCells = memo(function PropertyCells(props: PropertyCellsProps) {
  const { line, shown, from, to, before, whole, onWholeChange, ...table } = props;
  const { row, format } = line;
  const { runs, directions } = table;
  const direction = directionOf(row, directions);
  const best = useMemo(() => bestOf(row, direction), [row, direction]);
  const cell = (index: number) => (
    <div
      key={runs[index]?.id}
      role="cell"
      aria-colindex={index + 2}
      className={classes.cell}
      data-baseline={index === 0 || undefined}
    >
      <ComparisonValue {...{ row, format, index, direction, shown, best, whole }} roomy />
    </div>
  );
  return (
    <>
      <div
        role="rowheader"
        aria-colindex={1}
        className={classes.label}
        data-code={row.kind === 'text' && row.path}
        // A cell is read with its header: that need not name the buttons in it each time.
        aria-label={`${runs.length > 1 && row.differs ? 'differs: ' : ''}${row.label}`}
        title={row.label}
      >
        <PropertyLabel
          {...table}
          row={row}
          dotted
          whole={isLong(row) ? whole : undefined}
          onWholeChange={() => onWholeChange(line.key)}
        />
      </div>
      {cell(0)}
      <ColumnsGap width={before} />
      {Array.from({ length: to - from + 1 }, (_, offset) => cell(from + offset + 1))}
    </>
  );
});

/** Text that two lines of a column cannot hold. */
function isLong(row: ComparisonRow): boolean {
  return (
    row.kind === 'text' && row.values.some((value) => value && (value.length > 48 || value.includes('\n')))
  );
}

function estimateHeight(line: Line): number {
  if (line.kind === 'section') return 44;
  return line.kind === 'row' && line.row.kind !== 'text' ? 46 : 32;
}
