import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconPin, IconPinFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { RelativeTime } from '../../components/time.tsx';
import { formatDuration } from '../../formatting/time.ts';
import { StatusBadge } from '../../runs/StatusBadge.tsx';
import { RunTags } from './ComparedTags.tsx';
import classes from './RunColumnHeader.module.css';
import { pinLabels, type RunHeadProps, RunLink, shortNameOf, TakeOutButton } from './RunHeadParts.tsx';
import { moveTo } from './runOrderEdits.ts';
import { useRunDrag } from './useRunDrag.ts';

/** The head of a run's column: which one it is, and what can be done with it here. */
export const RunColumnHeader = memo(function RunColumnHeader({
  run,
  index,
  ids,
  onBaseline,
  onRunsChange,
}: RunHeadProps) {
  const isBaseline = index === 0;
  const drag = useRunDrag(run.id, index, ids, onRunsChange);
  const name = shortNameOf(run);
  const pin = pinLabels(run, isBaseline);
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
        <RunLink run={run} />
      </div>
      <div className={classes.facts}>
        <span>
          <RelativeTime iso={run.startedAt} />
          {run.duration !== null && ` · ${formatDuration(run.duration)}`}
        </span>
        <RunTags tags={run.tags} />
      </div>
      <div className={classes.actions}>
        <Tooltip label={pin.hint}>
          <button
            type="button"
            className={classes.pin}
            aria-pressed={isBaseline}
            aria-label={pin.name}
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
        <TakeOutButton {...{ run, ids, onRunsChange }} />
      </div>
    </div>
  );
});
