import type { ReactNode } from 'react';
import classes from './grid.module.css';
import { SELECT_WIDTH } from './layout.ts';

type PinnedCellsProps = {
  /** What the cells are: headers, or values of a run. */
  role: 'columnheader' | 'gridcell';
  width: number;
  /** What selects. */
  checkbox: ReactNode;
  children: ReactNode;
};

/** The cells of a row that stay in place while one scrolls sideways: its checkbox, and those that people have pinned. */
export function PinnedCells({ role, width, checkbox, children }: PinnedCellsProps) {
  return (
    <div className={classes.pinned} style={{ width }} role="presentation">
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles that it may have support it */}
      <div
        role={role}
        aria-colindex={1}
        className={role === 'columnheader' ? classes.headCell : classes.cell}
        data-column="select"
        style={{ width: SELECT_WIDTH }}
      >
        {checkbox}
      </div>
      {children}
    </div>
  );
}
