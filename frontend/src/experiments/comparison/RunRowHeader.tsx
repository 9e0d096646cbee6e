import { ActionIcon } from '@mantine/core';
import { IconGripVertical, IconPin, IconPinFilled, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, memo } from 'react';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatDuration } from '../../formatting/time.ts';
import { nameOfRun } from '../runNames.ts';
import type { ComparedRun } from './comparisonQueries.ts';
import classes from './RunRowHeader.module.css';
import { RunTags } from './RunTags.tsx';
import { moveTo } from './runOrderEdits.ts';
import { useRunDrag } from './useRunDrag.ts';

type RunRowHeaderProps = {
  run: ComparedRun;
  /** Its place among the runs; the first one is the baseline. */
  index: number;
  ids: string[];
  onBaseline: (id: string) => void;
  onRunsChange: (ids: string[]) => void;
};

/** The head of a run's row: which one it is, and what can be done with it here. */
export const RunRowHeader = memo(function RunRowHeader({
  run,
  index,
  ids,
  onBaseline,
  onRunsChange,
}: RunRowHeaderProps) {
  const isBaseline = index === 0;
  const drag = useRunDrag(run.id, index, ids, onRunsChange);
  const fullName = nameOfRun(run);
  const name = fullName.slice(0, 80);
  const move = (event: KeyboardEvent) => {
    const place = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 1, End: ids.length - 1 }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    // The baseline's place is the baseline's.
    if (place >= 1 && place < ids.length) onRunsChange(moveTo(ids, run.id, place));
  };
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      aria-label={name}
      className={classes.run}
      data-baseline={isBaseline || undefined}
      {...drag}
    >
      {isBaseline ? (
        <span className={classes.grip} />
      ) : (
        <button
          type="button"
          className={classes.grip}
          aria-label={`Move ${name} by the arrow keys`}
          title="Drag it, or move it by the arrow keys"
          onKeyDown={move}
        >
          <IconGripVertical size={13} aria-hidden />
        </button>
      )}
      <StatusBadge status={run.status} compact />
      <Link
        to="/experiment-tracking/runs/$runId"
        params={{ runId: run.id }}
        title={run.title}
        dir="auto"
        draggable={false}
        className={classes.title}
      >
        {fullName}
      </Link>
      <RunTags tags={run.tags} />
      {run.duration !== null && <span className={classes.duration}>{formatDuration(run.duration)}</span>}
      <span className={classes.actions}>
        <ActionIcon
          size={20}
          aria-pressed={isBaseline}
          aria-label={isBaseline ? `Baseline: ${name}` : `Pin ${name} as baseline`}
          title={
            isBaseline ? 'The others are measured against this run' : 'Measure the others against this run'
          }
          onClick={() => onBaseline(run.id)}
        >
          {isBaseline ? <IconPinFilled size={13} aria-hidden /> : <IconPin size={13} aria-hidden />}
        </ActionIcon>
        <ActionIcon
          size={20}
          aria-label={`Take ${name} out`}
          onClick={() => onRunsChange(ids.filter((id) => id !== run.id))}
        >
          <IconX size={12} aria-hidden />
        </ActionIcon>
      </span>
    </div>
  );
});
