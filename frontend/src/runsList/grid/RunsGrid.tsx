import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { TableColumn } from '../columns/tableColumns.ts';
import type { RunCells } from '../rows/RunCells.ts';
import type { RunMatches } from '../rows/RunMatches.ts';
import type { RunWindowsSnapshot } from '../rows/RunWindows.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow, type RowActions, rowId, SkeletonRow } from './GridRow.tsx';
import classes from './grid.module.css';
import type { HeaderActions, SortPlace } from './headerActions.ts';
import { layColumns, ROW_HEIGHT } from './layout.ts';
import { useBlocksInView } from './useBlocksInView.ts';

/** Before anything is known of the list. */
const SKELETONS = 14;

export type RunsGridProps = {
  snapshot: RunWindowsSnapshot;
  /** Whether what is shown is about to be replaced. */
  stale: boolean;
  columns: { pinned: readonly TableColumn[]; free: readonly TableColumn[] };
  widths: ReadonlyMap<string, number>;
  cells: RunCells;
  /** Changes with every answer to the cells. */
  cellsVersion: number;
  matches: RunMatches;
  /** Changes with every answer to the matches. */
  matchesVersion: number;
  /** No room for wide columns. */
  compact: boolean;
  selectedIds: ReadonlySet<string>;
  /** Runs that are on their way out. */
  hiddenIds: ReadonlySet<string>;
  /** The row that keys act on. */
  focus: number | undefined;
  /** The run whose title is being edited. */
  editing: string | undefined;
  sorts: ReadonlyMap<string, SortPlace>;
  rowActions: RowActions;
  headerActions: HeaderActions;
  onToggleAll: () => void;
  onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void;
  /** Told which rows and columns are in view. */
  onView: (rows: { from: number; to: number }, columns: readonly string[]) => void;
  /** Keeps where one has scrolled to, for when one comes back. */
  place: { scrollTop: number };
  /** Changes when another list is shown, which is then seen from its top. */
  scrollKey: string;
};

/** The runs: rows and columns exist only while they are in view, so that neither may be too many. */
export function RunsGrid(props: RunsGridProps) {
  const { snapshot, columns, widths, cells, compact, focus } = props;
  const { rows, loading } = snapshot;
  const scroller = useRef<HTMLDivElement>(null);
  const { formatsVersion } = cells;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the formats in the cells
  const layout = useMemo(
    () =>
      layColumns(
        columns,
        widths,
        {
          formatOf: (column) => cells.formatOf(column),
          usualOf: (column) => cells.usualOf(column),
        },
        compact,
      ),
    [columns, widths, cells, formatsVersion, compact],
  );
  const blocks = useBlocksInView(scroller, layout);
  const count = rows.length === 0 && loading ? SKELETONS : rows.length;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    initialOffset: () => props.place.scrollTop,
    scrollPaddingStart: HEAD_HEIGHT,
    // Synchronous renders would hold up scrolling.
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;

  const { onView } = props;
  const names = useMemo(
    () => [...layout.pinned, ...blocks.flatMap((block) => block.columns)].map(({ column }) => column.name),
    [layout, blocks],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: other runs in view are another view
  useEffect(() => onView({ from, to }, names), [onView, from, to, names, rows]);

  const isShown = useMemo(() => {
    const shown = new Set([...columns.pinned, ...columns.free].map(({ name }) => name));
    return (column: string) => shown.has(column);
  }, [columns]);

  useKeptPlace(scroller, props.place);
  useScrollToTop(scroller, props.scrollKey);
  useKeepPlace(scroller, snapshot.moved);
  useEffect(() => {
    if (focus !== undefined) virtualizer.scrollToIndex(focus, { align: 'auto' });
  }, [focus, virtualizer]);

  const selected = props.selectedIds.size;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-stale={props.stale || undefined}
      data-compact={compact || undefined}
      role="grid"
      aria-label="Runs"
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.pinned.length + columns.free.length + 1}
      aria-busy={loading || props.stale}
      aria-activedescendant={focus !== undefined && focus >= from && focus <= to ? rowId(focus) : undefined}
      tabIndex={0}
      onKeyDown={props.onKeyDown}
    >
      <div
        className={classes.canvas}
        style={{ width: layout.width, '--pinned-width': `${layout.pinnedWidth}px` } as CSSProperties}
      >
        <GridHeader
          layout={layout}
          blocks={blocks}
          sorts={props.sorts}
          selectable={rows.length > 0}
          allSelected={selected > 0 && selected >= rows.length}
          someSelected={selected > 0}
          onToggleAll={props.onToggleAll}
          actions={props.headerActions}
        />
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const run = rows[index];
            return run === undefined || props.hiddenIds.has(run.id) ? (
              <SkeletonRow
                key={index}
                index={index}
                start={start}
                pinnedWidth={compact ? layout.width : layout.pinnedWidth}
                width={layout.width}
              />
            ) : (
              <GridRow
                key={index}
                index={index}
                start={start}
                run={run}
                values={cells.of(run.id)}
                matches={props.matches.of(run.id)}
                isShown={isShown}
                pinned={layout.pinned}
                pinnedWidth={layout.pinnedWidth}
                blocks={blocks}
                selected={props.selectedIds.has(run.id)}
                focused={focus === index}
                isNew={snapshot.newIds.has(run.id)}
                editing={props.editing === run.id}
                actions={props.rowActions}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** At most, with the names of the groups. */
const HEAD_HEIGHT = 54;

/** Goes back to where one had scrolled to before. */
function useKeptPlace(scroller: React.RefObject<HTMLDivElement | null>, place: { scrollTop: number }) {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = place.scrollTop;
    const keep = () => {
      place.scrollTop = element.scrollTop;
    };
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [scroller, place]);
}

function useScrollToTop(scroller: React.RefObject<HTMLDivElement | null>, key: string) {
  const shown = useRef(key);
  useLayoutEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [key, scroller]);
}

/** Keeps the rows that one reads where they are when others come in above them. */
function useKeepPlace(scroller: React.RefObject<HTMLDivElement | null>, moved: { by: number }) {
  const done = useRef(moved);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (done.current === moved) return;
    done.current = moved;
    // At the top, one wants to see what is new.
    if (element !== null && element.scrollTop >= ROW_HEIGHT) element.scrollTop += moved.by * ROW_HEIGHT;
  }, [moved, scroller]);
}
