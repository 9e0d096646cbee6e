import type { EChartsCoreOption } from 'echarts/core';
import type { ChartColours } from '../charts/runs/chartColours.ts';
import type { AxisTick, Range, ValueAxis } from '../charts/scales/axes.ts';
import { MARGIN } from '../charts/surface/margin.ts';
import { type DrawnPoint, lonePoints } from './drawnCurve.ts';

/** Points are drawn one by one up to this many a chart; beyond, they would only blot out the line. */
const MOST_SYMBOLS = 60;

/** A line of a chart, ready to draw. */
export type DrawnLine = { points: readonly DrawnPoint[]; colour: string; dashed: boolean };

/** What ECharts draws for a chart of curves. */
export function curveOption(
  lines: readonly DrawnLine[],
  range: Range,
  placeTicks: readonly AxisTick[],
  axis: ValueAxis,
  colours: ChartColours,
): EChartsCoreOption {
  const labels = { color: colours.dimmed, fontFamily: colours.font, fontSize: 11 };
  return {
    animation: false,
    grid: { ...MARGIN, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: range[0],
      max: range[1],
      axisLine: { onZero: false, lineStyle: { color: colours.border } },
      axisTick: {
        show: true,
        lineStyle: { color: colours.border },
        customValues: placeTicks.map(({ at }) => at),
      },
      splitLine: { show: false },
      axisLabel: { ...labels, hideOverlap: true, ...labelled(placeTicks) },
    },
    yAxis: {
      type: 'value',
      min: axis.low,
      max: axis.high,
      axisLine: { show: false },
      axisTick: { show: false, customValues: axis.ticks.map(({ at }) => at) },
      splitLine: { lineStyle: { color: colours.border, opacity: 0.6 } },
      axisLabel: { ...labels, ...labelled(axis.ticks) },
    },
    series: lines.flatMap(({ points, colour, dashed }) => [
      {
        type: 'line',
        data: points,
        connectNulls: false,
        silent: true,
        symbol: 'circle',
        symbolSize: 4,
        showSymbol: points.length <= MOST_SYMBOLS,
        showAllSymbol: true,
        lineStyle: { color: colour, width: 1.5, type: dashed ? 'dashed' : 'solid' },
        itemStyle: { color: colour, opacity: 1 },
      },
      {
        type: 'scatter',
        data: lonePoints(points),
        silent: true,
        symbolSize: 5,
        itemStyle: { color: colour, opacity: 1 },
      },
    ]),
  };
}

function labelled(ticks: readonly AxisTick[]) {
  const texts = new Map(ticks.map(({ at, label }) => [at, label]));
  return {
    customValues: ticks.map(({ at }) => at),
    formatter: (value: number) => texts.get(value) ?? '',
  };
}
