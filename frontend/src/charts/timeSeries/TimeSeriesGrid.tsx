import { Button, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconZoomReset } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { useNearViewport } from '../../components/useNearViewport.ts';
import { countOf, formatNumber } from '../../formatting/numbers.ts';
import { formatDate } from '../../formatting/time.ts';
import { groupByDataset } from '../metrics/metricSelection.ts';
import type { MetricSeries, MetricTable } from '../metricTable.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import { TimeSeriesChart } from './TimeSeriesChart.tsx';
import classes from './TimeSeriesGrid.module.css';
import { fullRange, rowsByTime, type TimeRange } from './timeSeries.ts';

const CHART_HEIGHT = 190;

/** Charts this many pixels out of view are drawn already. */
const NEAR = 400;

/** From this many runs on, some chart may be too dense to draw every line of it. */
const MANY = 1200;

export type TimeSeriesGridProps = {
  table: MetricTable;
  /** Rows of the compared runs, in the order of the comparison; undefined for one that this table lacks. */
  marked: readonly (number | undefined)[];
  hovered: HoveredRunStore;
  colours: ChartColours;
  onSelectRun: (id: string) => void;
};

/** One chart a metric, by dataset. All share the time axis: zooming one zooms all. */
export function TimeSeriesGrid({ table, marked, hovered, colours, onSelectRun }: TimeSeriesGridProps) {
  const rows = useMemo(() => rowsByTime(table), [table]);
  const full = useMemo(() => fullRange(table, rows), [table, rows]);
  const [zoomed, setZoomed] = useState<TimeRange>();
  const touch = useMediaQuery('(pointer: coarse)');
  const undated = table.runIds.length - rows.length;
  if (full === undefined) {
    return <Text c="dimmed">No run with these metrics has a known start time.</Text>;
  }
  const range = zoomed ?? full;
  return (
    <div>
      <Group justify="space-between" mih={32} mb="xs" gap="xs">
        <Text size="sm" c="dimmed" aria-live="polite">
          {zoomed
            ? `${formatDate(new Date(range[0]).toISOString())} – ${formatDate(new Date(range[1]).toISOString())}`
            : touch
              ? 'Pinch a chart to zoom all of them; tap on a point to select its run.'
              : 'Drag across a chart to zoom all of them; click on a point to select its run.'}
          {rows.length > MANY && ' Where runs are dense, the line is their median and the band their range.'}
          {undated > 0 && ` ${countOf(undated, 'run')} without a start time not drawn.`}
        </Text>
        {zoomed && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconZoomReset size={14} aria-hidden />}
            onClick={() => setZoomed(undefined)}
          >
            Reset zoom
          </Button>
        )}
      </Group>
      {groupByDataset(table.series).map(({ dataset, metrics }) => (
        <section key={dataset} className={classes.dataset}>
          <h3 className={classes.datasetName}>
            <BreakableName name={dataset} />
          </h3>
          <div className={classes.grid}>
            {metrics.map((series) => (
              <TimeSeriesCard
                key={series.id}
                chart={(height) => (
                  <TimeSeriesChart
                    table={table}
                    rows={rows}
                    series={series}
                    range={range}
                    full={full}
                    marked={marked}
                    hovered={hovered}
                    colours={colours}
                    height={height}
                    onZoom={setZoomed}
                    onSelectRun={onSelectRun}
                  />
                )}
                series={series}
                rows={rows}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

type TimeSeriesCardProps = {
  series: MetricSeries;
  rows: Uint32Array;
  chart: (height: number) => React.ReactNode;
};

function TimeSeriesCard({ series, rows, chart }: TimeSeriesCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const near = useNearViewport(card, NEAR);
  const latest = rows.findLast((row) => !Number.isNaN(series.values[row] ?? Number.NaN));
  return (
    <div ref={card} className={classes.card}>
      <div className={classes.head}>
        <h4 className={classes.key} title={series.id}>
          <BreakableName name={series.key} />
        </h4>
        {latest !== undefined && (
          <span className={classes.latest}>
            latest <strong>{formatNumber(series.values[latest] ?? Number.NaN, series.format)}</strong>
          </span>
        )}
      </div>
      <div style={{ height: CHART_HEIGHT }}>{near && chart(CHART_HEIGHT)}</div>
    </div>
  );
}
