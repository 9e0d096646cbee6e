import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconLoader2,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { RunStatus } from '../data/generated/graphql.ts';
import classes from './StatusBadge.module.css';

const LOOKS: Record<RunStatus, { label: string; icon: typeof IconBan; meaning?: string }> = {
  RUNNING: { label: 'Running', icon: IconLoader2 },
  SUCCEEDED: { label: 'Succeeded', icon: IconCircleCheckFilled },
  FAILED: { label: 'Failed', icon: IconCircleXFilled },
  CANCELLED: { label: 'Cancelled', icon: IconBan },
  LOST: { label: 'Lost', icon: IconPlugConnectedX, meaning: 'The process stopped without reporting' },
};

/** The name of a status, as people read it. */
export function statusLabel(status: RunStatus): string {
  return LOOKS[status].label;
}

type Progress = { done: number; total: number };

type StatusBadgeProps = {
  status: RunStatus;
  /** How many of its nodes a running run has done. */
  progress?: Progress | null;
  /** Only the icon; the rest on hover and for screen readers. */
  compact?: boolean;
};

/** A run's status. */
export function StatusBadge({ status, progress = null, compact = false }: StatusBadgeProps) {
  const { label, icon: Glyph, meaning } = LOOKS[status];
  const told = progress && progress.total > 0 ? `${progress.done} of ${progress.total} nodes` : meaning;
  const tip = told === undefined ? label : `${label}: ${told}`;
  const size = compact ? 16 : 14;
  const icon =
    progress && progress.total > 0 ? (
      <Ring progress={progress} size={size} />
    ) : (
      <Glyph size={size} aria-hidden />
    );
  if (compact) {
    return (
      <span className={classes.icon} data-status={status} role="img" aria-label={tip} title={tip}>
        {icon}
      </span>
    );
  }
  return (
    <span className={classes.badge} data-status={status} title={told}>
      {icon}
      {label}
      {progress && progress.total > 0 && (
        <span className={classes.progress}>
          {progress.done}/{progress.total}
        </span>
      )}
    </span>
  );
}

const RADIUS = 6;
const LENGTH = 2 * Math.PI * RADIUS;

function Ring({ progress, size }: { progress: Progress; size: number }) {
  const share = Math.min(1, progress.done / progress.total);
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className={classes.ring}>
      <circle cx={8} cy={8} r={RADIUS} className={classes.ringTrack} />
      <circle
        cx={8}
        cy={8}
        r={RADIUS}
        className={classes.ringDone}
        strokeDasharray={`${share * LENGTH} ${LENGTH}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
