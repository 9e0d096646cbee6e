import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { chooseFormat, formatCount, formatNumber } from '../formatting/numbers.ts';
import { formatDuration, formatExactTime } from '../formatting/time.ts';
import type { CurvePoints } from './curve.ts';
import classes from './SeriesTable.module.css';

const ROW_HEIGHT = 30;

type PointsTableProps = { name: string; points: CurvePoints; runStart: number };

/** The points of one curve in numbers, in the order of their steps. */
export function PointsTable({ name, points, runStart }: PointsTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { steps, values, times } = points;
  const virtualizer = useVirtualizer({
    count: steps.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const format = chooseFormat(values);
  const visible = virtualizer.getVirtualItems();
  const before = visible[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (visible.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={`Points of ${name}`}>
      <table className={classes.table} aria-rowcount={steps.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Step</th>
            <th scope="col">Value</th>
            {times && <th scope="col">Since the start</th>}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {visible.map(({ index }) => {
            const value = values[index] ?? Number.NaN;
            const time = times?.[index] ?? Number.NaN;
            return (
              <tr key={index} aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
                <th scope="row">{formatCount(steps[index] ?? Number.NaN)}</th>
                <td title={String(value)}>{Number.isNaN(value) ? '–' : formatNumber(value, format)}</td>
                {times && (
                  <td title={Number.isNaN(time) ? undefined : formatExactTime(new Date(time).toISOString())}>
                    {Number.isNaN(time) ? '–' : formatDuration(Math.max(0, (time - runStart) / 1000))}
                  </td>
                )}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  );
}
