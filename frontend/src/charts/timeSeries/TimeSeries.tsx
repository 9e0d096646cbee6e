import { Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RunTable } from '../../data/runTable/runTable.ts';
import { countOf } from '../../formatting/numbers.ts';
import { describeColumn, parseRunColumn } from '../../runs/runColumns.ts';
import { BY_ORDER } from '../chartsSearch.ts';
import { ChartGroup } from '../frame/ChartGroup.tsx';
import { groupByDataset } from '../metrics/metricSelection.ts';
import type { RunChartProps } from '../runCharts.ts';
import { BandStore } from '../surface/bandStore.ts';
import { MetricsTogether } from './MetricsTogether.tsx';
import { MetricTimeSeries } from './MetricTimeSeries.tsx';
import type { Heights } from './metricLine.ts';
import { columnAxis, isSequence, orderAxis, type RunAxis, timeAxis } from './runAxis.ts';
import type { SharedAxis } from './sharedAxis.ts';
import classes from './TimeSeries.module.css';
import { TimeSeriesSettings } from './TimeSeriesSettings.tsx';
import { useZoom } from './useZoom.ts';

/** From this many runs on, some chart may be too dense to draw every line of it. */
const MANY = 1200;

/** A chart a metric, by dataset, or one of all. They share the horizontal axis: zooming one zooms all. */
export default function TimeSeries(props: RunChartProps) {
  const { table, columns, shown, search, onSearchChange } = props;
  const [band] = useState(() => new BandStore());
  const axis = useMemo(() => chosenAxis(table, search.x), [table, search.x]);
  const [zoomed, onZoom] = useZoom(search.zoom, axis, (zoom) => onSearchChange({ zoom }));
  const metrics = useMemo(() => {
    const wanted = new Set(shown);
    return columns.metrics.filter(({ id }) => wanted.has(id));
  }, [columns, shown]);
  const heights: Heights = search.together === 'ranges' ? 'ranges' : search.log ? 'log' : 'values';
  const { full } = axis;
  const range = zoomed ?? full;
  const missing = table.runIds.length - axis.rows.length;
  const settings = (
    <TimeSeriesSettings
      {...props}
      axis={axis}
      zoomed={zoomed}
      onZoom={onZoom}
      unknown={metrics.filter(({ direction }) => direction === null).length}
    />
  );
  if (full === undefined || range === undefined) {
    return (
      <>
        {settings}
        <Text c="dimmed" mt="md">
          {axis.kind === 'time'
            ? table.runIds.length === 0
              ? 'No run has these metrics.'
              : 'No run with these metrics has a known start time.'
            : `No run with these metrics has a value of ${axis.title}.`}
        </Text>
      </>
    );
  }
  const shared: SharedAxis = { axis, heights, range, full, band, onZoom };
  return (
    <div>
      {settings}
      {(missing > 0 || (isSequence(axis) && axis.rows.length > MANY)) && (
        <p className={classes.note}>
          {missing > 0 &&
            `${countOf(missing, 'run')} without a ${axis.kind === 'time' ? 'start time' : `value of ${axis.title}`} not drawn. `}
          {isSequence(axis) &&
            axis.rows.length > MANY &&
            'Where runs are dense, the line is their median and the band their range.'}
        </p>
      )}
      {search.together ? (
        <MetricsTogether {...props} {...shared} metrics={metrics} />
      ) : (
        groupByDataset(metrics).map((group) => (
          <ChartGroup key={group.dataset} title={group.dataset} label={`Metrics of ${group.dataset}`}>
            {group.metrics.map((metric) => (
              <MetricTimeSeries key={metric.id} {...props} {...shared} metric={metric} />
            ))}
          </ChartGroup>
        ))
      )}
    </div>
  );
}

function chosenAxis(table: RunTable, x: string | undefined): RunAxis {
  if (x === BY_ORDER) return orderAxis(table.runIds.length);
  const name = x === undefined ? undefined : parseRunColumn(x);
  const column = x === undefined ? undefined : table.columns.get(x);
  // A column that has not come yet leaves the time.
  if (name === undefined || column === undefined || x === 'started') return timeAxis(table.startedAt);
  return columnAxis(describeColumn(name), column);
}
