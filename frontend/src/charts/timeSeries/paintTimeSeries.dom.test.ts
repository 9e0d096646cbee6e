import { beforeEach, expect, it, vi } from 'vitest';
import { SvgPen } from '../frame/SvgPen.ts';
import { heightAxis } from './heightAxis.ts';
import { markRuns } from './markRuns.ts';
import { bestSoFar, metricLine } from './metricLine.ts';
import { type MarkedRun, paintTimeSeries } from './paintTimeSeries.ts';
import { orderAxis } from './runAxis.ts';
import { seenPoints } from './seenPoints.ts';

// jsdom has no canvas to measure text with.
beforeEach(() => {
  vi.spyOn(SvgPen.prototype, 'measureText').mockImplementation(
    (text) => ({ width: text.length * 6 }) as TextMetrics,
  );
});

const COLOURS = {
  text: '#111111',
  dimmed: '#777777',
  border: '#dddddd',
  surface: '#ffffff',
  accent: '#4f46c8',
  muted: '#c3c3cd',
  runs: ['#aa0000', '#00aa00'],
  further: { lightness: 0.5, chroma: 0.13 },
  font: 'sans-serif',
};

const AREA = { left: 50, top: 14, width: 300, height: 150 };

const VALUES = [0.5, 0.6, Number.NaN, 0.9, Number.NaN, 0.7];

function draw(marked: MarkedRun[], options: { best?: boolean; baseline?: number } = {}): Document {
  const axis = orderAxis(VALUES.length);
  const range = axis.full ?? [0, 1];
  const line = metricLine('m.r2', Float64Array.from(VALUES), 'values');
  const seen = seenPoints(axis, line.heights, range, AREA.width, AREA.height);
  const y = heightAxis([line], [seen], range, 'values', 4);
  if (y === undefined) throw new Error('There is nothing to draw.');
  const pen = new SvgPen();
  paintTimeSeries(pen, {
    area: AREA,
    range,
    xTicks: [{ at: 1, label: '1' }],
    y,
    sequence: true,
    metrics: [
      { seen, best: options.best ? bestSoFar(axis, line.heights, 'higher') : [], colour: COLOURS.accent },
    ],
    marked,
    baseline: options.baseline === undefined ? undefined : { height: options.baseline, position: 0 },
    colours: COLOURS,
  });
  return new DOMParser().parseFromString(
    `<svg xmlns="http://www.w3.org/2000/svg">${pen}</svg>`,
    'image/svg+xml',
  );
}

const texts = (drawing: Document) => [...drawing.querySelectorAll('text')].map((text) => text.textContent);

it('draws a line with gaps, and points that stand alone', () => {
  const drawing = draw([]);
  expect(drawing.querySelector('parsererror')).toBeNull();
  const line = [...drawing.querySelectorAll(`path[stroke="${COLOURS.accent}"]`)];
  expect(line).toHaveLength(1);
  // From the first run to the second; what follows are gaps and points.
  expect(line[0]?.getAttribute('d')?.match(/L/g)).toHaveLength(1);
  expect(drawing.querySelectorAll(`path[fill="${COLOURS.accent}"]`)).toHaveLength(4);
});

it('marks compared runs with number and value in their colour', () => {
  const run = { position: 1, place: 4, height: 0.9, label: '0.9000', labelSide: 'right', shift: 0 } as const;
  const drawing = draw([run]);
  expect(drawing.querySelectorAll('path[fill="#00aa00"]')).toHaveLength(2);
  expect(texts(drawing)).toEqual(expect.arrayContaining(['2', '0.9000']));
  expect(texts(draw([{ ...run, shift: undefined }]))).not.toContain('0.9000');
});

it('draws the best so far in steps, and the baseline along the whole chart', () => {
  const dashed = (drawing: Document) => [...drawing.querySelectorAll('path[stroke-dasharray]')];
  const [best] = dashed(draw([], { best: true }));
  // To the second and the fourth run there and up, and on to the end.
  expect(best?.getAttribute('d')?.match(/L/g)).toHaveLength(7);
  const [baseline] = dashed(draw([], { baseline: 0.6 }));
  expect(baseline?.getAttribute('stroke')).toBe('#aa0000');
});

it('writes the values of a few compared runs, and the numbers of many', () => {
  const axis = orderAxis(6);
  const line = metricLine('m.r2', Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), 'values');
  const placing = {
    toX: (at: number) => at * 100,
    toY: (at: number) => at * 1000,
    atX: (x: number) => x / 100,
  };
  const mark = (rows: (number | undefined)[], lines = [line]) =>
    markRuns(rows, lines, axis, axis.full ?? [0, 1], placing, 1000).map(({ label }) => label);
  expect(mark([0, undefined, 3])).toEqual(['0.1', '0.4']);
  expect(mark([0, 1, 2, 3, 4, 5, 0])).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(mark([0], [line, line])).toEqual(['', '']);
});
