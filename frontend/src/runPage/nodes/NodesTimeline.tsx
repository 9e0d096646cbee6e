import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconLoader2,
  IconPlayerSkipForward,
  IconTimeline,
} from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { StateMessage } from '../../components/StateMessage.tsx';
import { useSeconds } from '../../components/time.tsx';
import type { NodeStatus } from '../../data/generated/graphql.ts';
import { formatBytes } from '../../formatting/bytes.ts';
import { formatDuration, formatExactTime } from '../../formatting/time.ts';
import { DatasetLink } from '../../runs/DatasetLink.tsx';
import classes from './NodesTimeline.module.css';
import { layoutTimeline, type NodeRun, type TimelineRow } from './timeline.ts';

const LOOKS: Record<NodeStatus, { label: string; icon: typeof IconBan }> = {
  PENDING: { label: 'Waiting', icon: IconCircleDashed },
  RUNNING: { label: 'Running', icon: IconLoader2 },
  SUCCEEDED: { label: 'Succeeded', icon: IconCircleCheckFilled },
  FAILED: { label: 'Failed', icon: IconCircleXFilled },
  INTERRUPTED: { label: 'Interrupted', icon: IconBan },
  SKIPPED: { label: 'Skipped', icon: IconPlayerSkipForward },
};

const ROW_HEIGHT = 32;

/** The tab "Nodes": when each node of the run began and ended, on one axis of time. */
export function NodesTimeline({ nodes, runEnd }: { nodes: NodeRun[]; runEnd: string | null }) {
  const now = useSeconds(nodes.some((node) => node.status === 'RUNNING'));
  const scroller = useRef<HTMLDivElement>(null);
  const memory = nodes.some(({ peakMemory }) => peakMemory);
  const { rows, seconds, ticks } = layoutTimeline(nodes, now, runEnd);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  if (nodes.length === 0) {
    return (
      <StateMessage icon={IconTimeline} title="No nodes were recorded">
        Runs made with Kedro-Viz 13 or later tell when each of their nodes began and ended.
      </StateMessage>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
    <section ref={scroller} className={classes.root} aria-label="Nodes over time" tabIndex={0}>
      <h2 className="visually-hidden">Nodes</h2>
      <div className={classes.axis} aria-hidden data-memory={memory || undefined}>
        <span className={classes.ticks}>
          {ticks.map((tick) => (
            <span key={tick} className={classes.tick} style={{ left: `${(100 * tick) / seconds}%` }}>
              {tick === 0 ? '0' : formatDuration(tick)}
            </span>
          ))}
        </span>
        <span className={classes.columnName}>Duration</span>
        {memory && <span className={classes.columnName}>Memory</span>}
      </div>
      <ol className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <li
                key={row.node.name}
                className={classes.row}
                data-status={row.node.status}
                data-memory={memory || undefined}
                style={{ transform: `translateY(${item.start}px)`, height: ROW_HEIGHT }}
              >
                <TimelineBar row={row} memory={memory} />
              </li>
            )
          );
        })}
      </ol>
    </section>
  );
}

function TimelineBar({ row: { node, bar, seconds }, memory }: { row: TimelineRow; memory: boolean }) {
  const { label, icon: Glyph } = LOOKS[node.status];
  const times = [
    label,
    node.startedAt && `from ${formatExactTime(node.startedAt)}`,
    node.endedAt && `to ${formatExactTime(node.endedAt)}`,
  ];
  const duration = seconds === null ? label : formatDuration(seconds);
  return (
    <>
      <span className={classes.name} title={node.name}>
        <span className={classes.icon} role="img" aria-label={label} title={label}>
          <Glyph size={15} aria-hidden />
        </span>
        <span className={classes.nameText}>
          <DatasetLink name={node.name} />
        </span>
      </span>
      <span className={classes.track} title={times.filter(Boolean).join(' ')}>
        {bar && (
          <span
            className={classes.bar}
            style={{ left: `${100 * bar.left}%`, width: `max(3px, ${100 * bar.width}%)` }}
          />
        )}
      </span>
      <span className={classes.duration}>{duration}</span>
      {memory && (
        <span
          className={classes.memory}
          title="The most memory that its process had held when the node ended"
        >
          {node.peakMemory ? (
            <>
              <span className="visually-hidden">, memory </span>
              {formatBytes(node.peakMemory)}
            </>
          ) : null}
        </span>
      )}
    </>
  );
}
