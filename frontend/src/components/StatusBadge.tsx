import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconLoader2,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { RunStatus } from '../graphql/generated/graphql.ts';
import classes from './StatusBadge.module.css';

const LOOKS = {
  RUNNING: { label: 'Running', icon: IconLoader2 },
  SUCCEEDED: { label: 'Succeeded', icon: IconCircleCheckFilled },
  FAILED: { label: 'Failed', icon: IconCircleXFilled },
  CANCELLED: { label: 'Cancelled', icon: IconBan },
  LOST: { label: 'Lost', icon: IconPlugConnectedX, tip: 'The process ended without a word' },
} as const;

/** The name of a status, as people read it. */
export function statusLabel(status: RunStatus): string {
  return LOOKS[status].label;
}

/** A run's status: an icon with its name on hover, or both side by side. */
export function StatusBadge({ status, compact = false }: { status: RunStatus; compact?: boolean }) {
  const look = LOOKS[status];
  const { label, icon: Glyph } = look;
  const tip = 'tip' in look ? `${label}: ${look.tip}` : label;
  if (compact) {
    return (
      <span className={classes.icon} data-status={status} role="img" aria-label={tip} title={tip}>
        <Glyph size={16} aria-hidden />
      </span>
    );
  }
  return (
    <span className={classes.badge} data-status={status} title={tip === label ? undefined : tip}>
      <Glyph size={14} aria-hidden />
      {label}
    </span>
  );
}
