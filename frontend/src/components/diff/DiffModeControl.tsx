import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { DiffMode } from './DiffTable.tsx';

const NARROW = '(max-width: 760px)';

/** The mode in which diffs are shown: side by side only where there is room for two texts. */
export function useShownMode(mode: DiffMode): DiffMode {
  return useMediaQuery(NARROW, window.innerWidth <= 760) ? 'unified' : mode;
}

type DiffModeControlProps = { value: DiffMode; onChange: (mode: DiffMode) => void };

/** Chooses between unified and side by side; not there where only the one has room. */
export function DiffModeControl({ value, onChange }: DiffModeControlProps) {
  if (useMediaQuery(NARROW, window.innerWidth <= 760)) return null;
  return (
    <SegmentedControl
      size="xs"
      aria-label="How changes are shown"
      value={value}
      onChange={(next) => onChange(next === 'split' ? 'split' : 'unified')}
      data={[
        { value: 'unified', label: 'Unified' },
        { value: 'split', label: 'Side by side' },
      ]}
    />
  );
}
