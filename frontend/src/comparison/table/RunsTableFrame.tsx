import type { CSSProperties, ReactNode, RefObject } from 'react';
import classes from './RunsTableFrame.module.css';

type RunsTableFrameProps = {
  scroller: RefObject<HTMLDivElement | null>;
  /** How many there are, the heads among them; most of them do not exist while they are out of view. */
  rows: number;
  columns: number;
  /** Of all columns together, in pixels. */
  width: number;
  /** Widths of columns, as properties of CSS. */
  style: CSSProperties;
  /** What stays in view. */
  head: ReactNode;
  /** Of all rows below the head together, in pixels. */
  height: number;
  /** The rows in view. */
  children: ReactNode;
};

/** The table of compared runs, whichever way round: what scrolls, and the head that stays in view. */
export function RunsTableFrame(props: RunsTableFrameProps) {
  const { scroller, rows, columns, width, style, head, height, children } = props;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="table"
      aria-label="Comparison of runs"
      aria-rowcount={rows}
      aria-colcount={columns}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
      tabIndex={0}
      style={style}
    >
      <div className={classes.canvas} style={{ width }}>
        <div role="rowgroup" className={classes.head}>
          {head}
        </div>
        <div role="rowgroup" className={classes.body} style={{ height }}>
          {children}
        </div>
      </div>
    </div>
  );
}

type TableRowProps = {
  /** Its place in the table, from 1. */
  place: number;
  className?: string;
  /** How far below the head it stands; undefined for a row of the head. */
  top?: number;
  children: ReactNode;
};

/** A row of the table. */
export function TableRow({ place, className = '', top, children, ...measured }: TableRowProps & MeasuredRow) {
  return (
    <div
      {...measured}
      role="row"
      aria-rowindex={place}
      className={`${classes.row} ${className}`}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
    >
      {children}
    </div>
  );
}

/** What tells the height of a row that is as high as its content. */
type MeasuredRow = {
  ref?: (row: HTMLDivElement | null) => void;
  'data-index'?: number;
  'data-kind'?: string;
};

/** The room of the columns that are out of view. */
export function ColumnsGap({ width }: { width: number }) {
  return <span style={{ width }} className={classes.gap} role="presentation" />;
}
