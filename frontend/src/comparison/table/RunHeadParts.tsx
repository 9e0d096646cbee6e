import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { nameOfRun } from '../../runs/runNames.ts';
import type { ComparedRun } from '../comparisonQueries.ts';

// What the head of a run is made of, whether it heads a column or a row.

export type RunHeadProps = {
  run: ComparedRun;
  /** Its place among the runs; the first one is the baseline. */
  index: number;
  ids: string[];
  onBaseline: (id: string) => void;
  onRunsChange: (ids: string[]) => void;
};

/** What a run is called in the names of what can be done with it. */
export function shortNameOf(run: ComparedRun): string {
  return nameOfRun(run).slice(0, 80);
}

/** A run's name, which leads to its page. */
export function RunLink({ run, className }: { run: ComparedRun; className?: string }) {
  return (
    <Link
      to="/experiment-tracking/runs/$runId"
      params={{ runId: run.id }}
      title={run.title}
      dir="auto"
      // Else it is the link that is dragged, and not the run.
      draggable={false}
      className={className}
    >
      {nameOfRun(run)}
    </Link>
  );
}

/** What the button that makes a run the baseline is called. */
export function pinLabels(run: ComparedRun, isBaseline: boolean): { name: string; hint: string } {
  return isBaseline
    ? { name: `Baseline: ${shortNameOf(run)}`, hint: 'The others are measured against this run' }
    : { name: `Pin ${shortNameOf(run)} as baseline`, hint: 'Measure the others against this run' };
}

/** Takes a run out of the comparison. */
export function TakeOutButton({
  run,
  ids,
  onRunsChange,
}: Pick<RunHeadProps, 'run' | 'ids' | 'onRunsChange'>) {
  return (
    <ActionIcon
      size={20}
      aria-label={`Take ${shortNameOf(run)} out`}
      onClick={() => onRunsChange(ids.filter((id) => id !== run.id))}
    >
      <IconX size={12} aria-hidden />
    </ActionIcon>
  );
}
