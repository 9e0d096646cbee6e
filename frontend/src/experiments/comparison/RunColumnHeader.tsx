import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconPin, IconPinFilled, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { formatDuration } from '../../formatting/time.ts';
import { nameOfRun } from '../runNames.ts';
import type { ComparedRun } from './comparisonQueries.ts';
import classes from './RunColumnHeader.module.css';
import { RunTags } from './RunTags.tsx';
import { moveTo } from './runOrderEdits.ts';
import { useRunDrag } from './useRunDrag.ts';

type RunColumnHeaderProps = {
  run: ComparedRun;
  /** Its place among the runs; the first one is the baseline. */
  index: number;
  ids: string[];
  onBaseline: (id: string) => void;
  onRunsChange: (ids: string[]) => void;
};

/** The head of a run's column: which one it is, and what can be done with it here. */
export const RunColumnHeader = memo(function RunColumnHeader({
  run,
  index,
  ids,
  onBaseline,
  onRunsChange,
}: RunColumnHeaderProps) {
  const isBaseline = index === 0;
  const drag = useRunDrag(run.id, index, ids, onRunsChange);
  const fullName = nameOfRun(run);
  const name = fullName.slice(0, 80);
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      className={classes.run}
      data-baseline={isBaseline || undefined}
      {...drag}
    >
      <div className={classes.title}>
        <StatusBadge status={run.status} compact />
        <Link
          to="/experiment-tracking/runs/$runId"
          params={{ runId: run.id }}
          title={run.title}
          dir="auto"
          draggable={false}
        >
          {fullName}
        </Link>
      </div>
      <div className={classes.facts}>
        <span>
          <RelativeTime iso={run.startedAt} />
          {run.duration !== null && ` · ${formatDuration(run.duration)}`}
        </span>
        <RunTags tags={run.tags} />
      </div>
      <div className={classes.actions}>
        <Tooltip
          label={
            isBaseline ? 'The others are measured against this run' : 'Measure the others against this run'
          }
        >
          <button
            type="button"
            className={classes.pin}
            aria-pressed={isBaseline}
            aria-label={isBaseline ? `Baseline: ${name}` : `Pin ${name} as baseline`}
            onClick={() => onBaseline(run.id)}
          >
            {isBaseline ? <IconPinFilled size={13} aria-hidden /> : <IconPin size={13} aria-hidden />}
            {isBaseline ? 'Baseline' : 'Pin'}
          </button>
        </Tooltip>
        <span className={classes.spring} />
        {!isBaseline && (
          <>
            <ActionIcon
              size={20}
              aria-label={`Move ${name} left`}
              disabled={index === 1}
              onClick={() => onRunsChange(moveTo(ids, run.id, index - 1))}
            >
              <IconArrowLeft size={12} aria-hidden />
            </ActionIcon>
            <ActionIcon
              size={20}
              aria-label={`Move ${name} right`}
              disabled={index === ids.length - 1}
              onClick={() => onRunsChange(moveTo(ids, run.id, index + 1))}
            >
              <IconArrowRight size={12} aria-hidden />
            </ActionIcon>
          </>
        )}
        <ActionIcon
          size={20}
          aria-label={`Take ${name} out`}
          onClick={() => onRunsChange(ids.filter((id) => id !== run.id))}
        >
          <IconX size={12} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
});
