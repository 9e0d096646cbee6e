import { Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useSyncExternalStore } from 'react';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import type { HoveredStore } from '../runs/hoveredStore.ts';

type FilterStatusProps = {
  /** How many runs pass while a brush is dragged. */
  live: HoveredStore<number>;
  /** How many pass what is brushed; undefined where nothing is. */
  passed: number | undefined;
  runs: number;
};

/** How many runs pass the filters. */
export function FilterStatus({ live, passed, runs }: FilterStatusProps) {
  const now = useSyncExternalStore(live.subscribe, live.get) ?? passed;
  const touch = useMediaQuery('(pointer: coarse)');
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {now !== undefined
        ? `${formatCount(now)} of ${countOf(runs, 'run')} pass the filters`
        : touch
          ? 'Move the ends of an axis to filter the runs.'
          : 'Drag along an axis to filter the runs.'}
    </Text>
  );
}
