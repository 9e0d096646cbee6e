import type { KeyboardEvent, PointerEvent } from 'react';
import { formatNumber } from '../../formatting/numbers.ts';
import { type Brush, brushOf, outerSpan, type Span } from './brushes.ts';
import classes from './ParallelCoordinates.module.css';
import { type ParallelAxis, shareAt, valueAt, yOf } from './parallelAxes.ts';

type AxisHandlesProps = {
  axis: ParallelAxis;
  brush: Brush | undefined;
  /** Of the axis, in pixels, and how far down it begins. */
  height: number;
  top: number;
  onBrush: (brush: Brush | undefined, dragging?: boolean) => void;
};

/** The ends of a brush, to take hold of by finger or keyboard; without a brush they are the ends of the axis. */
export function AxisHandles(props: AxisHandlesProps) {
  return (
    <>
      <Handle {...props} end="low" />
      <Handle {...props} end="high" />
    </>
  );
}

function Handle({ axis, brush, height, top, onBrush, end }: AxisHandlesProps & { end: 'low' | 'high' }) {
  const span = outerSpan(axis, brush);
  const share = end === 'low' ? span[0] : span[1];
  const step = axis.kind === 'category' ? 1 / axis.labels.length : 0.01;
  const moved = (to: number): Span => {
    const within = Math.min(1, Math.max(0, to));
    return end === 'low'
      ? [Math.min(within, span[1] - step / 2), span[1]]
      : [span[0], Math.max(within, span[0] + step / 2)];
  };

  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.stopPropagation();
  };
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box === undefined) return;
    onBrush(brushOf(axis, moved(shareAt(axis, event.clientY - box.top - top, height))), true);
  };
  const up = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onBrush(brush);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const up = axis.flipped ? -1 : 1;
    const far = axis.kind === 'category' ? step : 0.1;
    const moves: Record<string, number> = {
      ArrowUp: share + up * step,
      ArrowRight: share + step,
      ArrowDown: share - up * step,
      ArrowLeft: share - step,
      PageUp: share + up * far,
      PageDown: share - up * far,
      Home: 0,
      End: 1,
    };
    const to = moves[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') onBrush(undefined);
    else if (to === undefined) return;
    else onBrush(brushOf(axis, moved(to)));
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className={classes.handle}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`${end === 'low' ? 'Lowest' : 'Highest'} ${axis.title}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={tell(axis, brush, share, end)}
      data-brushed={brush !== undefined || undefined}
      style={{ left: axis.x, top: top + yOf(axis, share, height) }}
      onPointerDown={down}
      onPointerMove={drag}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={press}
    />
  );
}

function tell(axis: ParallelAxis, brush: Brush | undefined, share: number, end: 'low' | 'high'): string {
  if (axis.kind === 'category') {
    const place =
      end === 'low'
        ? Math.floor(share * axis.labels.length + 1e-6)
        : Math.ceil(share * axis.labels.length - 1e-6) - 1;
    return axis.labels[Math.min(axis.labels.length - 1, Math.max(0, place))] || 'empty text';
  }
  const limit = brush?.kind === 'range' ? brush[end] : Number.NaN;
  if (!Number.isFinite(limit)) return 'no limit';
  return axis.time ? new Date(valueAt(axis, share)).toISOString() : formatNumber(limit);
}
