import { IconArrowDown, IconArrowUp, IconChevronDown, IconStar } from '@tabler/icons-react';
import { type PointerEvent, useState } from 'react';
import { MIN_WIDTH } from '../../runs/columnWidths.ts';
import classes from './grid.module.css';
import type { OpenMenu } from './HeaderMenu.tsx';
import type { HeaderActions, SortPlace } from './headerActions.ts';
import type { LaidColumn } from './layout.ts';

export type HeaderCellProps = {
  laid: LaidColumn;
  sort: SortPlace | undefined;
  severalSorts: boolean;
  dragged: boolean;
  menuOpen: boolean;
  onDragStart: (event: PointerEvent<HTMLElement>, column: string) => void;
  onMenu: (menu: OpenMenu) => void;
  actions: HeaderActions;
};

/** The name of a column: a click sorts, dragging it moves the column, its menu does the rest. */
export function HeaderCell(props: HeaderCellProps) {
  const { laid, sort, severalSorts, dragged, onDragStart, actions } = props;
  const { column, width, index } = laid;
  const narrow = width < 60;
  const ascending = sort?.direction === 'ASC';
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sort ? (ascending ? 'ascending' : 'descending') : 'none'}
      aria-label={column.description}
      className={classes.headCell}
      data-column={column.name}
      data-numeric={column.numeric || undefined}
      data-starts={laid.starts || undefined}
      data-dragged={dragged || undefined}
      style={{ width }}
    >
      <button
        type="button"
        className={classes.sort}
        title={`${column.description}\nClick to sort, with Shift by several; drag to move`}
        aria-label={
          sort && severalSorts
            ? `${column.description}, sorted by as number ${sort.order}`
            : column.description
        }
        data-sorted={sort && true}
        onPointerDown={(event) => onDragStart(event, column.name)}
        onClick={(event) => actions.onSort(column.name, event.shiftKey)}
      >
        {column.name === 'bookmarked' ? (
          <IconStar size={13} stroke={1.8} aria-hidden />
        ) : column.name === 'status' ? (
          <span className={classes.statusMark} aria-hidden />
        ) : (
          <span className={classes.sortLabel}>{column.title}</span>
        )}
        {sort &&
          (ascending ? <IconArrowUp size={12} aria-hidden /> : <IconArrowDown size={12} aria-hidden />)}
        {sort && severalSorts && (
          // The number is no text of the page: the button's name says what it means.
          <span className={classes.sortOrder} data-order={sort.order} aria-hidden />
        )}
      </button>
      {!narrow && (
        <button
          type="button"
          className={classes.menuButton}
          aria-label={`Column ${column.description}`}
          aria-haspopup="menu"
          aria-expanded={props.menuOpen}
          onClick={(event) => props.onMenu({ laid, button: event.currentTarget })}
        >
          <IconChevronDown size={13} aria-hidden />
        </button>
      )}
      {!narrow && <Resizer {...props} />}
    </div>
  );
}

function Resizer({ laid, actions }: HeaderCellProps) {
  const [drawn, setDrawn] = useState<number>();
  const { name } = laid.column;
  return (
    <span
      className={classes.resizer}
      data-active={drawn !== undefined || undefined}
      aria-hidden
      style={drawn === undefined ? undefined : { right: laid.width - drawn - 3 }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawn(laid.width);
      }}
      onPointerMove={(event) => {
        if (drawn === undefined) return;
        const cell = event.currentTarget.parentElement?.getBoundingClientRect();
        if (cell) setDrawn(Math.max(MIN_WIDTH, Math.round(event.clientX - cell.left)));
      }}
      onPointerUp={() => {
        if (drawn !== undefined && drawn !== laid.width) actions.onResize(name, drawn);
        setDrawn(undefined);
      }}
      onPointerCancel={() => setDrawn(undefined)}
      onDoubleClick={() => actions.onResize(name, undefined)}
    />
  );
}
