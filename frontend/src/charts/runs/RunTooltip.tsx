import { Portal, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { formatNumber } from '../../formatting/numbers.ts';
import { formatExactTime } from '../../formatting/time.ts';
import type { MetricTable } from '../metricTable.ts';
import type { HoveredRunStore } from './hoveredRun.ts';
import classes from './RunTooltip.module.css';

const WIDTH = 280;
const OFFSET = 16;

/** Says which run is under the pointer: title, exact time and the value of the metric pointed at. */
export function RunTooltip({ table, hovered }: { table: MetricTable; hovered: HoveredRunStore }) {
  const run = useSyncExternalStore(hovered.subscribe, hovered.get);
  if (run === undefined) return null;
  const id = table.runIds[run.row];
  if (id === undefined) return null;
  const title = table.titles[run.row] ?? id;
  const started = table.startedAt[run.row] ?? Number.NaN;
  const series = table.series.find((candidate) => candidate.id === run.metric);
  const value = series?.values[run.row] ?? Number.NaN;
  const onLeft = run.clientX + OFFSET + WIDTH > window.innerWidth;
  const above = run.clientY + 120 > window.innerHeight;
  return (
    <Portal>
      <div
        className={classes.tooltip}
        style={{
          maxWidth: WIDTH,
          left: onLeft ? Math.max(4, run.clientX - OFFSET) : run.clientX + OFFSET,
          top: above ? run.clientY - OFFSET : run.clientY + OFFSET,
          transform: `translate(${onLeft ? '-100%' : '0'}, ${above ? '-100%' : '0'})`,
        }}
      >
        <Text size="sm" fw={600} className={classes.title} lineClamp={3}>
          {title}
        </Text>
        <Text size="xs" className={classes.time}>
          {Number.isNaN(started) ? 'start unknown' : formatExactTime(new Date(started).toISOString())}
        </Text>
        {series && !Number.isNaN(value) && (
          <div className={classes.value}>
            <span>{series.key}</span>
            <strong>{formatNumber(value, series.format)}</strong>
          </div>
        )}
      </div>
    </Portal>
  );
}
