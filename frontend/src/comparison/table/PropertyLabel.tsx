import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { DatasetLink } from '../../runs/DatasetLink.tsx';
import type { ComparisonRow } from './comparisonRows.ts';
import { DirectionMenu } from './DirectionMenu.tsx';
import classes from './PropertyLabel.module.css';
import { directionOf, type RunsTableProps } from './runsTable.ts';
import { SortButton } from './SortButton.tsx';

type PropertyLabelProps = Pick<RunsTableProps, 'runs' | 'directions' | 'onRunsChange'> & {
  row: ComparisonRow;
  /** Whether the whole of a long text is shown; undefined where there is no long text. */
  whole: boolean | undefined;
  onWholeChange: () => void;
  /** Whether a dot beside the name shows that the runs differ. */
  dotted?: boolean;
  /** Opens or closes what is nested below a row. */
  onFold?: (key: string) => void;
};

/** The name of a row, and what can be done with it. */
export function PropertyLabel(props: PropertyLabelProps) {
  const { row, runs, directions, whole, onWholeChange, dotted, onFold, onRunsChange } = props;
  const name = row.kind === 'data' ? <DatasetLink name={row.label} /> : <BreakableName name={row.label} />;
  const folds = row.kind === 'text' && row.nested !== undefined;
  return (
    <>
      {runs.length > 1 && row.differs && (
        <span className={dotted ? classes.differs : undefined}>
          <span className="visually-hidden">differs: </span>
        </span>
      )}
      {row.kind === 'text' && row.depth !== undefined && (
        <span style={{ '--depth': row.depth } as CSSProperties} className={classes.indent} />
      )}
      {folds ? (
        <button
          type="button"
          className={classes.fold}
          aria-expanded={row.nested?.open}
          onClick={() => onFold?.(row.key)}
        >
          <IconChevronRight size={13} aria-hidden />
          <span className={classes.text}>{name}</span>
        </button>
      ) : (
        <span className={classes.text}>{name}</span>
      )}
      {!folds && (
        <span className={classes.tools} data-expands={whole !== undefined || undefined}>
          {whole !== undefined && (
            <ActionIcon
              size={20}
              className={classes.expander}
              data-active
              aria-expanded={whole}
              aria-label={`Whole text of ${row.label.slice(0, 80)}`}
              onClick={onWholeChange}
            >
              <IconChevronDown size={14} aria-hidden />
            </ActionIcon>
          )}
          {row.kind === 'metric' && row.metric !== undefined && (
            <DirectionMenu
              metric={row.metric}
              name={row.label}
              directions={directions}
              className={classes.tool}
            />
          )}
          {runs.length > 2 && row.differs && (
            <SortButton
              row={row}
              runs={runs}
              direction={directionOf(row, directions)}
              className={classes.tool}
              onRunsChange={onRunsChange}
            />
          )}
        </span>
      )}
    </>
  );
}
