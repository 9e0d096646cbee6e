import type { EChartsCoreOption } from 'echarts/core';
import { type ChartColours, runColour } from '../runs/chartColours.ts';
import { formatTick, niceScale, type Scale } from '../scales/ticks.ts';
import { timeTicks } from '../scales/timeTicks.ts';
import { MARGIN } from '../surface/margin.ts';
import { lonePoints, type TimePoint, type TimeRange, valueExtent } from './timeSeries.ts';

/** Points are drawn one by one up to this many a chart; beyond, they would only blot out the line. */
const MOST_SYMBOLS = 120;

/** With more compared runs in a chart, their points stand alone: discs would lie over one another. */
export const MOST_DISCS = 6;

/**
 * A compared run in one chart: its position in the comparison, and how far its label moves down to be seen (undefined
 * where there is no room for it). The point itself never moves.
 */
export type MarkedRun = {
  position: number;
  time: number;
  value: number;
  label: string;
  labelSide: 'left' | 'right';
  shift: number | undefined;
};

/** The scale of the values seen in a range; undefined where there is none. */
export function valueScale(
  points: readonly TimePoint[],
  range: TimeRange,
  whole: boolean,
): Scale | undefined {
  const extent = valueExtent(points, range);
  return extent && niceScale(extent[0], extent[1], 4, whole);
}

/**
 * What ECharts draws for one metric.
 *
 * @param trend the middle of the points where they are too many to follow: they become a pale band behind it
 */
export function timeSeriesOption(
  points: readonly TimePoint[],
  trend: readonly TimePoint[] | undefined,
  range: TimeRange,
  scale: Scale,
  marked: readonly MarkedRun[],
  colours: ChartColours,
): EChartsCoreOption {
  const lineColour = marked.length > 0 ? colours.muted : colours.accent;
  const seen = points.filter(
    ({ time, value }) => value !== null && time >= range[0] && time <= range[1],
  ).length;
  const labelled = marked.flatMap(({ shift, ...run }) => (shift === undefined ? [] : [{ ...run, shift }]));
  const discs = marked.length > MOST_DISCS ? [] : labelled;
  const labels = { color: colours.dimmed, fontFamily: colours.font, fontSize: 11 };
  const ticks = timeTicks(range, 4);
  const moments = ticks.map(({ time }) => time);
  const momentLabels = new Map(ticks.map(({ time, label }) => [time, label]));
  return {
    animation: false,
    grid: { ...MARGIN, outerBoundsMode: 'none' },
    xAxis: {
      type: 'time',
      min: range[0],
      max: range[1],
      axisLine: { lineStyle: { color: colours.border } },
      axisTick: { lineStyle: { color: colours.border }, customValues: moments },
      splitLine: { show: false },
      axisLabel: {
        ...labels,
        customValues: moments,
        hideOverlap: true,
        formatter: (time: number) => momentLabels.get(time) ?? '',
      },
    },
    yAxis: {
      type: 'value',
      min: scale.low,
      max: scale.high,
      interval: scale.step,
      splitLine: { lineStyle: { color: colours.border, opacity: 0.6 } },
      axisLabel: { ...labels, formatter: (value: number) => formatTick(value, scale.step) },
    },
    series: [
      {
        type: 'line',
        data: points.map(({ time, value }) => [time, value]),
        connectNulls: false,
        silent: true,
        symbol: 'circle',
        symbolSize: 5,
        showSymbol: trend === undefined && seen <= MOST_SYMBOLS,
        showAllSymbol: true,
        lineStyle: { color: lineColour, width: trend ? 1 : 1.5, opacity: trend ? 0.3 : 1 },
        itemStyle: { color: lineColour, opacity: 1 },
      },
      {
        type: 'line',
        data: (trend ?? []).map(({ time, value }) => [time, value]),
        connectNulls: false,
        silent: true,
        showSymbol: false,
        z: 3,
        lineStyle: { color: lineColour, width: 2 },
      },
      {
        type: 'scatter',
        data: lonePoints(points).map(({ time, value }) => [time, value]),
        silent: true,
        symbolSize: 5,
        itemStyle: { color: lineColour, opacity: 1 },
      },
      // From a disc that moved back to its point.
      {
        type: 'scatter',
        silent: true,
        z: 4,
        symbol: 'rect',
        data: discs
          .filter(({ shift }) => shift !== 0)
          .map((run) => ({
            value: [run.time, run.value],
            symbolSize: [1.5, Math.abs(run.shift)],
            symbolOffset: [0, run.shift / 2],
            itemStyle: { color: runColour(colours, run.position), opacity: 1 },
          })),
      },
      {
        type: 'scatter',
        silent: true,
        z: 6,
        symbolSize: 9,
        data: marked.map((run) => ({
          value: [run.time, run.value],
          itemStyle: {
            color: runColour(colours, run.position),
            borderColor: colours.surface,
            borderWidth: 1.5,
            opacity: 1,
          },
        })),
      },
      {
        type: 'scatter',
        silent: true,
        z: 7,
        symbolSize: 17,
        data: discs.map((run) => ({
          value: [run.time, run.value],
          symbolOffset: [0, run.shift],
          itemStyle: {
            color: runColour(colours, run.position),
            borderColor: colours.surface,
            borderWidth: 1.5,
            opacity: 1,
          },
          label: {
            show: true,
            formatter: String(run.position + 1),
            color: colours.surface,
            fontFamily: colours.font,
            fontWeight: 700,
            fontSize: 10,
          },
        })),
      },
      {
        type: 'scatter',
        silent: true,
        z: 5,
        symbolSize: discs.length > 0 ? 17 : 9,
        itemStyle: { color: 'transparent', opacity: 1 },
        data: labelled.map((run) => ({
          value: [run.time, run.value],
          symbolOffset: [0, run.shift],
          label: {
            show: true,
            position: run.labelSide,
            formatter: run.label,
            color: colours.text,
            textBorderColor: colours.surface,
            textBorderWidth: 3,
            fontFamily: colours.font,
            fontSize: 11,
            fontWeight: 600,
          },
        })),
      },
    ],
  };
}
