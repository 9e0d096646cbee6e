import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { beforeEach, expect, it, vi } from 'vitest';
import '../surface/echarts.ts';
import { seriesOf, tableOf } from '../testing/generatedTable.ts';
import { fullRange, rowsByTime, visiblePoints } from './timeSeries.ts';
import { timeSeriesOption, valueScale } from './timeSeriesOption.ts';

use([SVGRenderer]);

// jsdom has no canvas, which ECharts would measure text with; it then goes by the number of characters.
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

const COLOURS = {
  text: '#111111',
  dimmed: '#777777',
  border: '#dddddd',
  surface: '#ffffff',
  accent: '#4f46c8',
  muted: '#c3c3cd',
  runs: ['#aa0000', '#00aa00'],
  font: 'sans-serif',
};

function drawSvg(marked: Parameters<typeof timeSeriesOption>[4]): string {
  const table = tableOf({ 'm.r2': [0.5, 0.6, null, 0.9, null, 0.7] });
  const rows = rowsByTime(table);
  const range = fullRange(table, rows);
  if (range === undefined) throw new Error('The table has no run with a time.');
  const { points, trend } = visiblePoints(table, rows, seriesOf(table).values, range, 300);
  const scale = valueScale(points, range, false);
  if (scale === undefined) throw new Error('There is nothing to draw.');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 360, height: 190 });
  chart.setOption(timeSeriesOption(points, trend, range, scale, marked, COLOURS));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

it('draws a metric in the accent when no run is compared', () => {
  const svg = drawSvg([]);
  expect(svg).toContain('#4f46c8');
  expect(svg).not.toContain('#c3c3cd');
});

it('marks compared runs with number and value in their colour, and greys the others', () => {
  const svg = drawSvg([
    { position: 1, time: 3 * 3_600_000, value: 0.9, label: '0.9000', labelSide: 'right', shift: 0 },
  ]);
  expect(svg).toContain('#00aa00');
  expect(svg).toContain('>2</text>');
  expect(svg).toContain('>0.9000</text>');
  expect(svg).toContain('#c3c3cd');
  expect(svg).not.toContain('#4f46c8');
});

it('marks a run without room for its label by its point alone', () => {
  const svg = drawSvg([
    { position: 1, time: 3 * 3_600_000, value: 0.9, label: '0.9000', labelSide: 'right', shift: undefined },
  ]);
  expect(svg).toContain('#00aa00');
  expect(svg).not.toContain('>0.9000</text>');
});
