import { useState } from 'react';
import classes from './grid.module.css';
import { HeaderCell } from './HeaderCell.tsx';
import { HeaderMenu, type OpenMenu } from './HeaderMenu.tsx';
import type { HeaderActions, SortPlace } from './headerActions.ts';
import { type Block, type LaidColumn, type Layout, SELECT_WIDTH } from './layout.ts';
import { PinnedCells } from './PinnedCells.tsx';
import { useColumnDrag } from './useColumnDrag.ts';

type GridHeaderProps = {
  layout: Layout;
  blocks: readonly Block[];
  sorts: ReadonlyMap<string, SortPlace>;
  /** Whether there is anything to select. */
  selectable: boolean;
  allSelected: boolean;
  someSelected: boolean;
  onToggleAll: () => void;
  actions: HeaderActions;
};

/** The names of the columns, with the datasets above their metrics. */
export function GridHeader(props: GridHeaderProps) {
  const { layout, blocks, sorts, actions } = props;
  const { dragged, mark, begin } = useColumnDrag(layout, actions.onMove);
  const inView = blocks.flatMap(({ columns }) => columns);
  const before = (blocks[0]?.left ?? layout.pinnedWidth) - layout.pinnedWidth;
  const [menu, setMenu] = useState<OpenMenu>();
  const cellOf = (laid: LaidColumn) => (
    <HeaderCell
      key={laid.column.name}
      laid={laid}
      sort={sorts.get(laid.column.name)}
      // With one column there is no order to tell.
      severalSorts={sorts.size > 1}
      dragged={dragged === laid.column.name}
      onDragStart={begin}
      menuOpen={menu?.laid.column.name === laid.column.name}
      onMenu={setMenu}
      actions={actions}
    />
  );
  return (
    <div role="rowgroup" className={classes.head}>
      <GroupBand pinned={layout.pinned} pinnedWidth={layout.pinnedWidth} before={before} columns={inView} />
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        <PinnedCells
          role="columnheader"
          width={layout.pinnedWidth}
          checkbox={
            <input
              type="checkbox"
              className={classes.selector}
              aria-label="Select all that match"
              checked={props.allSelected}
              disabled={!props.selectable}
              ref={(box) => {
                if (box) box.indeterminate = props.someSelected && !props.allSelected;
              }}
              onChange={props.onToggleAll}
            />
          }
        >
          {layout.pinned.map(cellOf)}
        </PinnedCells>
        <span style={{ width: before }} className={classes.gap} role="presentation" />
        {inView.map(cellOf)}
      </div>
      {menu && (
        <HeaderMenu
          key={menu.laid.column.name}
          opened={menu}
          onClose={() => setMenu(undefined)}
          sort={sorts.get(menu.laid.column.name)}
          {...placeOf(layout, menu.laid)}
          actions={actions}
        />
      )}
      {mark !== undefined && <span className={classes.dropMark} style={{ left: mark }} aria-hidden />}
    </div>
  );
}

/** Whether a column is pinned, and the first or last of its kind. */
function placeOf({ pinned, blocks }: Layout, { column }: LaidColumn) {
  const isPinned = pinned.some((laid) => laid.column.name === column.name);
  const peers = isPinned ? pinned : blocks.flatMap(({ columns }) => columns);
  return {
    pinned: isPinned,
    first: peers[0]?.column.name === column.name,
    last: peers.at(-1)?.column.name === column.name,
  };
}

type GroupBandProps = {
  pinned: readonly LaidColumn[];
  pinnedWidth: number;
  before: number;
  columns: readonly LaidColumn[];
};

/** Names the groups above their columns. Every column's own header says its group to screen readers. */
function GroupBand({ pinned, pinnedWidth, before, columns }: GroupBandProps) {
  if (![...pinned, ...columns].some(({ column }) => column.group !== '')) return null;
  return (
    <div className={classes.band} aria-hidden>
      <span className={classes.pinned} style={{ width: pinnedWidth }}>
        <span className={classes.gap} style={{ width: SELECT_WIDTH }} />
        <Spans columns={pinned} />
      </span>
      <span style={{ width: before }} className={classes.gap} />
      <Spans columns={columns} />
    </div>
  );
}

function Spans({ columns }: { columns: readonly LaidColumn[] }) {
  const spans: { key: number; group: string; width: number; source: string }[] = [];
  for (const { column, width, left } of columns) {
    const current = spans.at(-1);
    if (current?.group === column.group) current.width += width;
    else spans.push({ key: left, group: column.group, width, source: column.column.source });
  }
  return spans.map(({ key, group, width, source }) => (
    <span
      key={key}
      className={classes.bandSpan}
      data-named={group !== '' || undefined}
      data-source={source}
      style={{ width }}
    >
      {group !== '' && (
        <span className={classes.bandName} title={source === 'params' ? `Parameters: ${group}` : group}>
          {group}
        </span>
      )}
    </span>
  ));
}
