import { Text } from '@mantine/core';
import { type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from 'react';
import type { RunTable } from '../../data/runTable/runTable.ts';
import { metricColumn } from '../../runs/metricId.ts';
import { drawnPicture } from '../frame/chartPicture.ts';
import { legendHeight, paintLegend } from '../frame/paintLegend.ts';
import type { Pen } from '../frame/pen.ts';
import { type PictureRef, usePicture } from '../frame/usePicture.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import type { Range } from '../scales/axes.ts';
import { panBy, zoomAround } from '../scales/zoom.ts';
import type { BandStore } from '../surface/bandStore.ts';
import { ChartSurface } from '../surface/ChartSurface.tsx';
import { toX, toY } from '../surface/paintAxes.ts';
import { useCanvas } from '../surface/useCanvas.ts';
import { useChartSurface } from '../surface/useChartSurface.ts';
import { useZoomGestures } from '../surface/useZoomGestures.ts';
import { describeMetric, describeRun } from './describeChart.ts';
import { heightAxis } from './heightAxis.ts';
import { markRuns } from './markRuns.ts';
import type { BestStep, Heights, MetricLine } from './metricLine.ts';
import { type FoundRun, nearestRun, nextRun, type Placing } from './nearestRun.ts';
import { paintTimeSeries } from './paintTimeSeries.ts';
import { RunMarkers } from './RunMarkers.tsx';
import { axisTicks, isSequence, type RunAxis } from './runAxis.ts';
import { seenPoints } from './seenPoints.ts';

/** How near the pointer must be, in pixels: along the axis to point at a run, all round to click on it. */
const POINT_REACH = 40;
const CLICK_REACH = 16;

/** Room that a mark on an axis takes, in pixels. */
const TICK_WIDTH = 76;
const TICK_HEIGHT = 36;

/** A metric as a line of a chart, in its colour and with the best so far, if that is drawn. */
export type ChartedLine = MetricLine & { name: string; colour: string; best: readonly BestStep[] };

export type TimeSeriesChartProps = {
  /** What the chart shows: "r2_score over time". */
  title: string;
  table: Pick<RunTable, 'runIds' | 'titles' | 'startedAt' | 'columns'>;
  axis: RunAxis;
  lines: readonly ChartedLine[];
  heights: Heights;
  /** What is seen of the axis. */
  range: Range;
  full: Range;
  /** Rows of the compared runs, in the order of the comparison; undefined for one that this table lacks. */
  marked: readonly (number | undefined)[];
  /** The row of the run that all others are compared with. */
  pinned?: number | undefined;
  hovered: HoveredRunStore;
  band?: BandStore;
  colours: ChartColours;
  height: number;
  onZoom: (range: Range | undefined) => void;
  onSelectRun: (id: string) => void;
  picture?: PictureRef;
};

/** Metrics of runs along an axis; the marker of the run under the pointer is shared with all other charts. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { title, table, axis, lines, heights, range, full, marked, pinned, hovered, band } = props;
  const { colours, height, onZoom, onSelectRun, picture } = props;
  const chart = useId();
  const place = useChartSurface(height);
  const { area, width } = place;
  const [told, setTold] = useState('');

  const seen = useMemo(
    () => lines.map((line) => seenPoints(axis, line.heights, range, area.width, area.height)),
    [lines, axis, range, area],
  );
  const y = useMemo(
    () => heightAxis(lines, seen, range, heights, Math.max(3, Math.round(area.height / TICK_HEIGHT))),
    [lines, seen, range, heights, area],
  );
  const placing = useMemo((): Placing => {
    const span = { low: range[0], high: range[1] };
    const levels = y ?? { low: 0, high: 1 };
    return {
      toX: (at) => toX(area, span, at),
      toY: (at) => toY(area, levels, at),
      atX: (x) => span.low + ((x - area.left) / area.width) * (span.high - span.low),
    };
  }, [area, range, y]);

  const paint = useCallback(
    (pen: Pen) => {
      if (y === undefined) return;
      const baseline = pinned === undefined || lines.length > 1 ? undefined : lines[0]?.heights[pinned];
      paintTimeSeries(pen, {
        area,
        range,
        xTicks: axisTicks(axis, range, Math.max(2, Math.floor(area.width / TICK_WIDTH))),
        y,
        sequence: isSequence(axis),
        metrics: lines.map(({ best, colour }, index) => ({
          seen: seen[index] ?? { points: [], trend: undefined },
          best,
          colour,
        })),
        marked: markRuns(marked, lines, axis, range, placing, area.top + area.height),
        baseline:
          baseline === undefined || Number.isNaN(baseline)
            ? undefined
            : { height: baseline, position: Math.max(0, marked.indexOf(pinned)) },
        colours,
      });
    },
    [area, range, axis, y, lines, seen, marked, pinned, placing, colours],
  );
  useCanvas(place.canvas, width, height, paint);
  usePicture(picture, () => {
    if (y === undefined || width === 0) return undefined;
    return drawnPicture(width, height + legendHeight(lines, width), (pen) => {
      paint(pen);
      paintLegend(pen, lines, height, width, colours);
    });
  });

  const label = useMemo(
    () => lines.map((line) => describeMetric(line, axis, table, marked)).join('; '),
    [lines, axis, table, marked],
  );
  const columns = useMemo(() => lines.map(({ id }) => metricColumn(id)), [lines]);
  const drawn = useMemo(() => lines.map((line) => line.heights), [lines]);
  /** In pixels of the chart, wherever it stands on the page. */
  const placeOf = ({ row, line }: FoundRun): { x: number; y: number } => ({
    x: placing.toX(axis.places[row] ?? Number.NaN),
    y: placing.toY(lines[line]?.heights[row] ?? Number.NaN),
  });
  const pointer = useRef<{ x: number; y: number; found: FoundRun | undefined }>(undefined);
  useZoomGestures(place.surface, place.selection, {
    range,
    full,
    shortest: axis.shortest,
    onZoom,
    onPoint: (at) => {
      const found = at && nearestRun(axis, drawn, range, at, placing, POINT_REACH);
      pointer.current = at && { ...at, found };
      hovered.set(at && found && { row: found.row, columns, clientX: at.clientX, clientY: at.clientY });
    },
    onClick: () => {
      const at = pointer.current;
      if (at?.found === undefined) return;
      const { x, y } = placeOf(at.found);
      const id = table.runIds[at.found.row];
      if (Math.hypot(x - at.x, y - at.y) <= CLICK_REACH && id !== undefined) onSelectRun(id);
    },
    onBand: (range) => band?.set(range && { range, chart }),
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = hovered.get()?.row;
    const length = range[1] - range[0];
    if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      onZoom(panBy(range, full, (event.key === 'ArrowLeft' ? -0.2 : 0.2) * length));
    } else if (event.key === '+' || event.key === '-') {
      const middle = row === undefined ? (range[0] + range[1]) / 2 : (axis.places[row] ?? range[0]);
      onZoom(zoomAround(range, full, middle, event.key === '+' ? 0.6 : 1 / 0.6, axis.shortest));
    } else if (event.key === '0') {
      onZoom(undefined);
    } else if (event.key === 'Enter' && row !== undefined) {
      onSelectRun(table.runIds[row] ?? '');
    } else if (event.key === 'Escape' && row !== undefined) {
      hovered.set(undefined);
    } else {
      const found = nextRun(event.key, axis, drawn, range, row);
      if (found === undefined) return;
      const box = event.currentTarget.getBoundingClientRect();
      const at = placeOf(found);
      hovered.set({ row: found.row, columns, clientX: box.left + at.x, clientY: box.top + at.y });
      setTold(describeRun(table, axis, lines, found.row));
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ChartSurface
      place={place}
      label={label}
      role="group"
      aria-label={`${title}: arrow keys go through its runs, Enter selects, plus and minus zoom`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => hovered.set(undefined)}
      nothing={
        y === undefined &&
        width > 0 && (
          <Text size="sm" c="dimmed" ta="center" px="md">
            {heights === 'log' && lines.some(({ hidden }) => hidden > 0)
              ? 'No value above zero: nothing to draw on a logarithmic scale'
              : 'No value in this range'}
          </Text>
        )
      }
    >
      <RunMarkers
        chart={chart}
        axis={axis}
        lines={lines}
        range={range}
        area={area}
        placing={placing}
        hovered={hovered}
        band={band}
      />
      <span className="visually-hidden" aria-live="polite">
        {told}
      </span>
    </ChartSurface>
  );
}
