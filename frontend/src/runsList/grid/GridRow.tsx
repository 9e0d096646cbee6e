import { memo, useMemo } from 'react';
import { isUntitled, nameOfRun } from '../../runs/runNames.ts';
import type { CellActions } from '../cells/cellActions.ts';
import { FieldCell } from '../cells/FieldCell.tsx';
import { type HiddenMatch, hiddenMatches, type WordsIn, wordsByField } from '../cells/foundInRun.ts';
import { ValueCell } from '../cells/ValueCell.tsx';
import type { RunValues } from '../rows/RunCells.ts';
import type { WordMatch } from '../rows/RunMatches.ts';
import type { RunRow } from '../runsQuery.ts';
import classes from './grid.module.css';
import { type Block, type LaidColumn, ROW_HEIGHT } from './layout.ts';
import { PinnedCells } from './PinnedCells.tsx';
import { isBesideCheckbox, isOnRowItself } from './rowGestures.ts';

/** What a row can do. */
export type RowActions = CellActions & {
  /** A click on the row itself; `extend` with shift, `add` with Ctrl. */
  onRowClick: (index: number, run: RunRow, keys: { extend: boolean; add: boolean }) => void;
  /** A click on its checkbox; `extend` with shift. */
  onToggle: (index: number, run: RunRow, keys: { extend: boolean }) => void;
};

type GridRowProps = {
  index: number;
  start: number;
  run: RunRow;
  values: RunValues | undefined;
  /** Where the words of the search stand in it. */
  matches: readonly WordMatch[] | undefined;
  /** Whether the table has a column. */
  isShown: (column: string) => boolean;
  pinned: readonly LaidColumn[];
  pinnedWidth: number;
  blocks: readonly Block[];
  selected: boolean;
  focused: boolean;
  isNew: boolean;
  editing: boolean;
  actions: RowActions;
};

/** A run. Drawn anew only when something in it changes: while one scrolls, those that come into view. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, start, run, values, pinned, pinnedWidth, blocks, selected, focused, editing, actions } =
    props;
  const tabIndex = focused ? 0 : -1;
  const { matches, isShown } = props;
  const wordsIn = useMemo(() => wordsByField(matches), [matches]);
  const hidden = useMemo(() => hiddenMatches(run, matches, isShown), [run, matches, isShown]);
  const cells = { run, values, editing, tabIndex, wordsIn, hidden, actions };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows
    <div
      id={rowId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
      data-selected={selected || undefined}
      data-focused={focused || undefined}
      data-new={props.isNew || undefined}
      data-archived={run.archived || undefined}
      onClick={(event) => {
        if (isBesideCheckbox(event)) return actions.onToggle(index, run, { extend: event.shiftKey });
        if (!isOnRowItself(event)) return;
        actions.onRowClick(index, run, { extend: event.shiftKey, add: event.ctrlKey || event.metaKey });
      }}
    >
      <PinnedCells
        role="gridcell"
        width={pinnedWidth}
        checkbox={
          <input
            type="checkbox"
            className={classes.selector}
            checked={selected}
            tabIndex={tabIndex}
            aria-label={`Select ${nameOfRun(run).slice(0, 80)}`}
            // Runs that nobody has named may have started in the same second.
            aria-description={isUntitled(run) ? run.id : undefined}
            // The click tells about the shift key, which a change does not.
            onClick={(event) => actions.onToggle(index, run, { extend: event.shiftKey })}
            onChange={() => {}}
          />
        }
      >
        <Cells columns={pinned} {...cells} />
      </PinnedCells>
      <span
        style={{ width: (blocks[0]?.left ?? pinnedWidth) - pinnedWidth }}
        className={classes.gap}
        role="presentation"
      />
      {blocks.map((block) => (
        <Cells key={block.key} columns={block.columns} {...cells} />
      ))}
    </div>
  );
});

/** The id of a row's element. */
export function rowId(index: number): string {
  return `run-row-${index}`;
}

type CellsProps = {
  columns: readonly LaidColumn[];
  run: RunRow;
  values: RunValues | undefined;
  editing: boolean;
  tabIndex: number;
  wordsIn: WordsIn;
  hidden: readonly HiddenMatch[];
  actions: CellActions;
};

const Cells = memo(function Cells({ columns, run, values, ...field }: CellsProps) {
  return columns.map(({ column, index, width, starts, format, usual }) => (
    <div
      key={column.name}
      role="gridcell"
      aria-colindex={index + 2}
      className={classes.cell}
      data-column={column.name}
      data-numeric={column.numeric || undefined}
      data-starts={starts || undefined}
      style={{ width }}
    >
      {column.column.source === 'run' ? (
        <FieldCell run={run} field={column.column.name} {...field} />
      ) : (
        <ValueCell column={column} value={values?.get(column.name)} format={format} usual={usual} />
      )}
    </div>
  ));
});

type SkeletonRowProps = { start: number; index: number; pinnedWidth: number; width: number };

/** Stands for a run that is not here yet. */
export function SkeletonRow({ start, index, pinnedWidth, width }: SkeletonRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy
      className={classes.row}
      data-skeleton
      style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
    >
      <div className={classes.pinned} style={{ width: pinnedWidth }} role="presentation">
        <div role="gridcell" aria-colindex={1} className={classes.cell} style={{ width: pinnedWidth }}>
          <span className="visually-hidden">Loading</span>
          <span className={classes.bone} style={{ width: `${40 + ((index * 37) % 45)}%`, marginLeft: 88 }} />
        </div>
      </div>
      <span className={classes.bones} style={{ width: width - pinnedWidth }} aria-hidden />
    </div>
  );
}
