import { Skeleton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { FlexRender, type Header, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, memo, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { DEFAULT_SORT } from '../runSort.ts';
import { features, PINNED, type RunColumn, type RunColumnMeta } from './columns.tsx';
import classes from './RunsTable.module.css';
import { isOnRowItself } from './rowGestures.ts';
import type { RunRow } from './runsQuery.ts';

const ROW_HEIGHT = 36;
const NO_RUNS: RunRow[] = [];
const NO_COLUMNS: string[] = [];

type RunsTableProps = {
  rows: RunRow[];
  totalCount: number;
  hasMore: boolean;
  /** Nothing has been loaded yet. */
  loading: boolean;
  /** What is shown is about to be replaced. */
  stale: boolean;
  columns: RunColumn[];
  /** No room for columns that stay in place. */
  compact: boolean;
  choosing: boolean;
  selectedIds: ReadonlySet<string>;
  newIds: ReadonlySet<string>;
  sort: readonly string[] | undefined;
  onSort: (column: string) => void;
  onOpen: (run: RunRow) => void;
  /** `range` extends the selection to this run from the one that was toggled before. */
  onToggle: (run: RunRow, range: boolean) => void;
  onNeedMore: () => void;
  /** Told when other rows have come into view. */
  onLastVisibleChange: (index: number) => void;
  /** Changes when another set of runs is shown, which is then seen from its top. */
  scrollKey: string;
};

/** The list of runs: rows and columns exist only while they are in view, so that neither may be too many. */
export function RunsTable(props: RunsTableProps) {
  const { rows, columns, choosing, sort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns,
    data: props.loading ? NO_RUNS : rows,
    getRowId: (run) => run.id,
    columnResizeMode: 'onChange',
    state: {
      columnVisibility: { select: choosing },
      columnPinning: { start: props.compact ? NO_COLUMNS : PINNED, end: NO_COLUMNS },
    },
  });
  const pinned = table.getStartLeafHeaders().filter((header) => header.column.getIsVisible());
  const free = table.getCenterLeafHeaders().filter((header) => header.column.getIsVisible());
  const pinnedWidth = pinned.reduce((sum, header) => sum + header.getSize(), 0);

  const skeletons = props.loading ? 14 : props.hasMore ? 3 : 0;
  const count = (props.loading ? 0 : rows.length) + skeletons;
  const rowVirtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    // Synchronous renders would hold up scrolling.
    useFlushSync: false,
  });
  const columnVirtualizer = useVirtualizer({
    horizontal: true,
    count: free.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => free[index]?.getSize() ?? 100,
    paddingStart: pinnedWidth,
    overscan: 3,
    useFlushSync: false,
  });
  const sizes = free.map((header) => header.getSize()).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: measures anew when widths change
  useLayoutEffect(() => columnVirtualizer.measure(), [sizes, pinnedWidth, columnVirtualizer]);

  const windowed = columnVirtualizer.getVirtualItems();
  const first = windowed[0];
  const last = windowed.at(-1);
  const before = first ? first.start - pinnedWidth : 0;
  const width = columnVirtualizer.getTotalSize();
  const after = last ? width - last.end : 0;
  const visible = windowed.flatMap((item) => free[item.index] ?? []);
  const [from, to] = [first?.index ?? 0, last?.index ?? -1];
  // biome-ignore lint/correctness/useExhaustiveDependencies: headers are new objects at every render; these say when they differ
  const layout = useMemo(
    (): Layout => ({
      pinnedWidth,
      before,
      pinned: pinned.map((header, index) => layCell(header, undefined, index)),
      windowed: free
        .slice(from, to + 1)
        .map((header, offset) => layCell(header, free[from + offset - 1], pinned.length + from + offset)),
    }),
    [columns, choosing, props.compact, sizes, pinnedWidth, before, from, to],
  );

  const items = rowVirtualizer.getVirtualItems();
  const lastVisible = items.at(-1)?.index ?? 0;
  const { onNeedMore, onLastVisibleChange } = props;
  useEffect(() => {
    onLastVisibleChange(lastVisible);
    if (props.hasMore && lastVisible >= rows.length - 20) onNeedMore();
  }, [lastVisible, rows.length, props.hasMore, onNeedMore, onLastVisibleChange]);

  useScrollToTop(scroller, props.scrollKey);
  useKeepPlace(scroller, rows, props.scrollKey);

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-stale={props.stale || undefined}
      role="table"
      aria-label="Runs"
      aria-rowcount={props.totalCount + 1}
      aria-colcount={pinned.length + free.length}
      aria-busy={props.loading || props.stale}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
      tabIndex={0}
    >
      <div
        className={classes.canvas}
        style={{ width, '--pinned-width': `${pinnedWidth}px` } as CSSProperties}
      >
        <div role="rowgroup" className={classes.head}>
          <DatasetBand pinnedWidth={pinnedWidth} before={before} after={after} headers={visible} />
          <div role="row" aria-rowindex={1} className={classes.headRow}>
            <div className={classes.pinned} style={{ width: pinnedWidth }} role="presentation">
              {pinned.map((header, index) => (
                <HeaderCell key={header.id} header={header} index={index} sort={sort} onSort={props.onSort} />
              ))}
            </div>
            <span style={{ width: before }} className={classes.gap} role="presentation" />
            {windowed.map((item) => {
              const header = free[item.index];
              return (
                header && (
                  <HeaderCell
                    key={header.id}
                    header={header}
                    index={pinned.length + item.index}
                    sort={sort}
                    onSort={props.onSort}
                    startsDataset={startsDataset(header, free[item.index - 1])}
                  />
                )
              );
            })}
            <span style={{ width: after }} className={classes.gap} role="presentation" />
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: rowVirtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = table.getRowModel().rows[item.index];
            if (row === undefined) {
              return (
                <SkeletonRow
                  key={`skeleton-${item.index}`}
                  start={item.start}
                  index={item.index}
                  pinnedWidth={pinnedWidth}
                />
              );
            }
            return (
              <Row
                key={row.id}
                run={row.original}
                index={item.index}
                start={item.start}
                layout={layout}
                choosing={choosing}
                selected={props.selectedIds.has(row.id)}
                isNew={props.newIds.has(row.id)}
                onOpen={props.onOpen}
                onToggle={props.onToggle}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** What is drawn of every row: the columns in place, and those in view. */
type Layout = { pinnedWidth: number; before: number; pinned: CellLayout[]; windowed: CellLayout[] };
type CellLayout = { id: string; width: number; index: number; starts: boolean; meta: RunColumnMeta };

function layCell(header: RunHeader, previous: RunHeader | undefined, index: number): CellLayout {
  return {
    id: header.column.id,
    width: header.getSize(),
    index,
    starts: startsDataset(header, previous),
    meta: header.column.columnDef.meta ?? { cell: () => null },
  };
}

type RowProps = {
  run: RunRow;
  index: number;
  start: number;
  layout: Layout;
  choosing: boolean;
  selected: boolean;
  isNew: boolean;
  onOpen: (run: RunRow) => void;
  onToggle: (run: RunRow, range: boolean) => void;
};

/** Drawn anew only when something in it changes: while one scrolls, that is for the rows that come into view. */
const Row = memo(function Row({ run, index, start, layout, choosing, selected, isNew, ...on }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keyboards open a run by the link in its title
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={choosing ? selected : undefined}
      className={classes.row}
      style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
      data-selected={selected || undefined}
      data-new={isNew || undefined}
      onClick={(event) => {
        if (isOnRowItself(event)) on.onOpen(run);
      }}
    >
      <div className={classes.pinned} style={{ width: layout.pinnedWidth }} role="presentation">
        {layout.pinned.map((cell) => (
          <Cell key={cell.id} cell={cell}>
            {cell.id === 'select' ? (
              <Selector run={run} selected={selected} onToggle={on.onToggle} />
            ) : (
              cell.meta.cell(run)
            )}
          </Cell>
        ))}
      </div>
      <span style={{ width: layout.before }} className={classes.gap} role="presentation" />
      {layout.windowed.map((cell) => (
        <Cell key={cell.id} cell={cell}>
          {cell.id === 'select' ? (
            <Selector run={run} selected={selected} onToggle={on.onToggle} />
          ) : (
            cell.meta.cell(run)
          )}
        </Cell>
      ))}
    </div>
  );
});

function Cell({ cell, children }: { cell: CellLayout; children: ReactNode }) {
  return (
    <div
      role="cell"
      aria-colindex={cell.index + 1}
      className={classes.cell}
      data-column={cell.id}
      data-numeric={cell.meta.numeric}
      data-starts={cell.starts || undefined}
      style={{ width: cell.width }}
    >
      {children}
    </div>
  );
}

function Selector({ run, selected, onToggle }: Pick<RowProps, 'run' | 'selected' | 'onToggle'>) {
  return (
    <input
      type="checkbox"
      className={classes.selector}
      checked={selected}
      aria-label={`Select ${run.title.slice(0, 80)}`}
      // The click tells about the shift key, which a change does not.
      onClick={(event) => onToggle(run, event.shiftKey)}
      onChange={() => {}}
    />
  );
}

function SkeletonRow({ start, index, pinnedWidth }: { start: number; index: number; pinnedWidth: number }) {
  return (
    <div
      className={classes.row}
      style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
      aria-hidden
    >
      <div className={classes.pinned} style={{ width: Math.max(pinnedWidth, 280) }}>
        <Skeleton height={10} mx={12} my={13} width={`${45 + ((index * 37) % 45)}%`} />
      </div>
    </div>
  );
}

type RunHeader = Header<typeof features, RunRow, unknown>;

function datasetOf(header: RunHeader | undefined): string | undefined {
  return header?.column.columnDef.meta?.dataset;
}

function startsDataset(header: RunHeader, previous: RunHeader | undefined): boolean {
  const dataset = datasetOf(header);
  return dataset !== undefined && dataset !== datasetOf(previous);
}

type DatasetBandProps = { pinnedWidth: number; before: number; after: number; headers: RunHeader[] };

/** Names the datasets above their metrics. Every metric's own header says its dataset to screen readers. */
function DatasetBand({ pinnedWidth, before, after, headers }: DatasetBandProps) {
  const spans: { dataset: string | undefined; width: number }[] = [];
  for (const header of headers) {
    const dataset = datasetOf(header);
    const current = spans.at(-1);
    if (current && current.dataset === dataset) current.width += header.getSize();
    else spans.push({ dataset, width: header.getSize() });
  }
  if (!spans.some(({ dataset }) => dataset !== undefined)) return null;
  return (
    <div className={classes.band} aria-hidden>
      <span className={classes.pinned} style={{ width: pinnedWidth }} />
      <span style={{ width: before }} className={classes.gap} />
      {spans.map(({ dataset, width }) => (
        <span key={dataset ?? ''} className={classes.bandSpan} data-named={dataset && true} style={{ width }}>
          <span className={classes.bandName} title={dataset}>
            {dataset}
          </span>
        </span>
      ))}
      <span style={{ width: after }} className={classes.gap} />
    </div>
  );
}

type HeaderCellProps = {
  header: RunHeader;
  index: number;
  sort: readonly string[] | undefined;
  onSort: (column: string) => void;
  startsDataset?: boolean;
};

function HeaderCell({ header, index, sort = DEFAULT_SORT, onSort, startsDataset: starts }: HeaderCellProps) {
  const { column } = header;
  const meta: Partial<RunColumnMeta> = column.columnDef.meta ?? {};
  const name = meta.sort;
  const direction = sort.includes(`${name}`)
    ? 'ascending'
    : sort.includes(`-${name}`)
      ? 'descending'
      : undefined;
  const label = <FlexRender header={header} />;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={name === undefined ? undefined : (direction ?? 'none')}
      className={classes.headCell}
      data-column={column.id}
      data-numeric={meta.numeric}
      data-starts={starts || undefined}
      style={{ width: header.getSize() }}
    >
      {name === undefined ? (
        label
      ) : (
        <button
          type="button"
          className={classes.sort}
          title={meta.description}
          aria-label={meta.description}
          data-sorted={direction && true}
          onClick={() => onSort(name)}
        >
          <span className={classes.sortLabel}>{label}</span>
          {direction === 'ascending' && <IconArrowUp size={12} aria-hidden />}
          {direction === 'descending' && <IconArrowDown size={12} aria-hidden />}
        </button>
      )}
      {!['select', 'bookmark', 'status'].includes(column.id) && (
        <span
          className={classes.resizer}
          data-active={column.getIsResizing() || undefined}
          aria-hidden
          onPointerDown={header.getResizeHandler()}
          onDoubleClick={() => column.resetSize()}
        />
      )}
    </div>
  );
}

function useScrollToTop(scroller: React.RefObject<HTMLDivElement | null>, key: string) {
  const shown = useRef(key);
  useLayoutEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [key, scroller]);
}

/** Keeps the rows that one reads where they are when new ones come in above them. */
function useKeepPlace(scroller: React.RefObject<HTMLDivElement | null>, rows: RunRow[], key: string) {
  const previous = useRef({ rows, key });
  useLayoutEffect(() => {
    const { rows: before, key: keyBefore } = previous.current;
    previous.current = { rows, key };
    const element = scroller.current;
    if (element === null || before === rows || keyBefore !== key || element.scrollTop < ROW_HEIGHT) return;
    const anchor = before[Math.floor(element.scrollTop / ROW_HEIGHT)]?.id;
    const from = before.findIndex((run) => run.id === anchor);
    const to = rows.findIndex((run) => run.id === anchor);
    if (from >= 0 && to >= 0 && from !== to) element.scrollTop += (to - from) * ROW_HEIGHT;
  }, [rows, key, scroller]);
}
