import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsSort, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import type { ComparedRun } from '../comparisonQueries.ts';
import type { ComparisonRow } from './comparisonRows.ts';
import type { Direction } from './metricDelta.ts';
import { nextSort, sortedBy, sortRuns } from './sortRuns.ts';

type SortButtonProps = {
  row: ComparisonRow;
  runs: readonly ComparedRun[];
  direction: Direction;
  className?: string;
  onRunsChange: (ids: string[]) => void;
};

/** Puts the runs in the order of a property; the baseline stays first. */
export function SortButton({ row, runs, direction, className, onRunsChange }: SortButtonProps) {
  const sorted = sortedBy(row);
  const Icon =
    sorted === undefined ? IconArrowsSort : sorted === 'ascending' ? IconSortAscending : IconSortDescending;
  return (
    <Tooltip label={sorted === undefined ? 'Sort the runs by this' : `Sorted: ${sorted}`}>
      <ActionIcon
        size={20}
        className={className}
        data-active={sorted !== undefined || undefined}
        aria-label={`Sort runs by ${row.label.slice(0, 80)}`}
        onClick={() =>
          onRunsChange(
            sortRuns(
              runs.map(({ id }) => id),
              row,
              nextSort(row, direction),
            ),
          )
        }
      >
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
