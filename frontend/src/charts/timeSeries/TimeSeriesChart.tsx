import { Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { formatNumber } from '../../formatting/numbers.ts';
import { isWhole, type MetricSeries, type MetricTable } from '../metricTable.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import markers from '../surface/ChartMarker.module.css';
import { ChartSurface } from '../surface/ChartSurface.tsx';
import { MARGIN } from '../surface/margin.ts';
import { useChartDrawing } from '../surface/useChartDrawing.ts';
import { useZoomGestures } from '../surface/useZoomGestures.ts';
import { placeMarks } from './placeMarks.ts';
import { nearestRow, type TimeRange, visiblePoints } from './timeSeries.ts';
import { type MarkedRun, MOST_DISCS, timeSeriesOption, valueScale } from './timeSeriesOption.ts';

/** How near the pointer must be, in pixels: along the time axis to point at a run, all round to click on it. */
const POINT_REACH = 40;
const CLICK_REACH = 16;

/** Width of a digit in a label, in pixels. */
const LABEL_CHARACTER = 6.6;

export type TimeSeriesChartProps = {
  table: MetricTable;
  /** Rows of the table by time. */
  rows: Uint32Array;
  series: MetricSeries;
  range: TimeRange;
  full: TimeRange;
  /** Rows of the compared runs, in the order of the comparison; undefined for one that this table lacks. */
  marked: readonly (number | undefined)[];
  hovered: HoveredRunStore;
  colours: ChartColours;
  height: number;
  onZoom: (range: TimeRange | undefined) => void;
  onSelectRun: (id: string) => void;
};

/** One metric over time, drawn on a canvas; the marker of the run under the pointer is shared with all other charts. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { table, rows, series, range, full, marked, hovered, colours, height, onZoom, onSelectRun } = props;
  const drawing = useChartDrawing(height);
  const { surface, selection, chart, width, inner } = drawing;
  const line = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLDivElement>(null);

  const { points, trend } = useMemo(
    () => visiblePoints(table, rows, series.values, range, inner.width),
    [table, rows, series, range, inner.width],
  );
  const scale = useMemo(() => valueScale(points, range, isWhole(series)), [points, range, series]);
  const place = useMemo(
    () =>
      (time: number, value: number): { x: number; y: number } => {
        const [from, to] = range;
        const { low, high } = scale ?? { low: 0, high: 1 };
        return {
          x: MARGIN.left + ((time - from) / (to - from)) * inner.width,
          y: MARGIN.top + (1 - (value - low) / (high - low)) * inner.height,
        };
      },
    [range, scale, inner.width, inner.height],
  );

  useEffect(() => {
    const canvas = chart.current;
    if (canvas === null || width === 0) return;
    canvas.resize({ width, height });
    if (scale === undefined) {
      canvas.clear();
      return;
    }
    const seen = marked.flatMap((row, position): MarkedRun[] => {
      const value = row === undefined ? Number.NaN : (series.values[row] ?? Number.NaN);
      const time = row === undefined ? Number.NaN : (table.startedAt[row] ?? Number.NaN);
      if (Number.isNaN(value) || !(time >= range[0] && time <= range[1])) return [];
      // Towards the middle, so that no number is cut off at the edge.
      const labelSide = time > range[0] + (range[1] - range[0]) * 0.7 ? 'left' : 'right';
      return [{ position, time, value, label: formatNumber(value, series.format), labelSide, shift: 0 }];
    });
    // Many runs have no room for their values: their numbers stand beside the points, where they can be read.
    const many = seen.length > MOST_DISCS;
    const named = many ? seen.map((run) => ({ ...run, label: String(run.position + 1) })) : seen;
    const shifts = placeMarks(
      named.map(({ time, value, label, labelSide }) => ({
        ...place(time, value),
        labelWidth: label.length * LABEL_CHARACTER + 5,
        labelSide,
      })),
      { top: 0, bottom: height - MARGIN.bottom },
      many ? 0 : undefined,
    );
    const placed = named.map((run, i) => ({ ...run, shift: shifts[i] }));
    canvas.setOption(timeSeriesOption(points, trend, range, scale, placed, colours), { notMerge: true });
  }, [points, trend, range, scale, marked, series, table, colours, place, chart, width, height]);

  useEffect(() => {
    const show = (): void => {
      const run = hovered.get();
      if (line.current === null || dot.current === null) return;
      const time = run === undefined ? Number.NaN : (table.startedAt[run.row] ?? Number.NaN);
      const value = run === undefined ? Number.NaN : (series.values[run.row] ?? Number.NaN);
      const { x, y } = place(time, value);
      const inRange = time >= range[0] && time <= range[1];
      line.current.hidden = !inRange;
      dot.current.hidden = !inRange || Number.isNaN(value);
      if (!inRange) return;
      line.current.style.transform = `translateX(${x}px)`;
      if (Number.isNaN(value)) return;
      dot.current.style.transform = `translate(${x}px, ${y}px)`;
      dot.current.dataset.value = formatNumber(value, series.format);
      dot.current.dataset.side = x > width - 90 ? 'left' : 'right';
    };
    show();
    return hovered.subscribe(show);
  }, [hovered, place, range, series, table, width]);

  const pointer = useRef<{ x: number; y: number }>(undefined);
  useZoomGestures(surface, selection, {
    range,
    full,
    onZoom,
    onPoint: (at) => {
      pointer.current = at;
      const row = at && nearestRow(table, rows, series.values, range, at, place, POINT_REACH);
      hovered.set(
        at === undefined || row === undefined
          ? undefined
          : { row, metric: series.id, clientX: at.clientX, clientY: at.clientY },
      );
    },
    onClick: () => {
      const run = hovered.get();
      if (run === undefined || pointer.current === undefined) return;
      const { x, y } = place(table.startedAt[run.row] ?? Number.NaN, series.values[run.row] ?? Number.NaN);
      const id = table.runIds[run.row];
      const near = Math.hypot(x - pointer.current.x, y - pointer.current.y) <= CLICK_REACH;
      if (near && id !== undefined) onSelectRun(id);
    },
  });

  return (
    <ChartSurface
      drawing={drawing}
      label={describe(props)}
      nothing={
        scale === undefined &&
        width > 0 && (
          <Text size="sm" c="dimmed">
            No value in this period
          </Text>
        )
      }
    >
      <div ref={line} className={markers.line} style={{ top: MARGIN.top, height: inner.height }} hidden />
      <div ref={dot} className={markers.dot} hidden />
    </ChartSurface>
  );
}

/** The chart in one sentence, for those who do not see it; every value stands in the table view. */
function describe({ table, series, marked }: TimeSeriesChartProps): string {
  let count = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let latest = Number.NaN;
  for (const value of series.values) {
    if (Number.isNaN(value)) continue;
    count += 1;
    low = Math.min(low, value);
    high = Math.max(high, value);
    latest = value;
  }
  if (count === 0) return `${series.id} over time: no value that can be drawn.`;
  const compared = marked.flatMap((row, position) => {
    const value = row === undefined ? Number.NaN : (series.values[row] ?? Number.NaN);
    const title = row === undefined ? undefined : table.titles[row];
    return title === undefined || Number.isNaN(value)
      ? []
      : [`${position + 1} ${title}: ${formatNumber(value, series.format)}`];
  });
  return [
    `${series.id} over time: ${count} ${count === 1 ? 'run' : 'runs'}`,
    `lowest ${formatNumber(low, series.format)}`,
    `highest ${formatNumber(high, series.format)}`,
    `latest ${formatNumber(latest, series.format)}`,
    ...compared,
  ].join(', ');
}
