import { ActionIcon } from '@mantine/core';
import { IconGripVertical, IconPin, IconPinFilled } from '@tabler/icons-react';
import { type KeyboardEvent, memo } from 'react';
import { formatDuration } from '../../formatting/time.ts';
import { StatusBadge } from '../../runs/StatusBadge.tsx';
import { RunTags } from './ComparedTags.tsx';
import { pinLabels, type RunHeadProps, RunLink, shortNameOf, TakeOutButton } from './RunHeadParts.tsx';
import classes from './RunRowHeader.module.css';
import { moveTo } from './runOrderEdits.ts';
import { useRunDrag } from './useRunDrag.ts';

/** The head of a run's row: which one it is, and what can be done with it here. */
export const RunRowHeader = memo(function RunRowHeader({
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
      <RunLink run={run} className={classes.title} />
      <RunTags tags={run.tags} />
      {run.duration !== null && <span className={classes.duration}>{formatDuration(run.duration)}</span>}
      <span className={classes.actions}>
        <ActionIcon
          size={20}
          aria-pressed={isBaseline}
          aria-label={pin.name}
          title={pin.hint}
          onClick={() => onBaseline(run.id)}
        >
          {isBaseline ? <IconPinFilled size={13} aria-hidden /> : <IconPin size={13} aria-hidden />}
        </ActionIcon>
        <TakeOutButton {...{ run, ids, onRunsChange }} />
      </span>
    </div>
  );
});
