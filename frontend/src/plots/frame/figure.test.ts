import { describe, expect, it } from 'vitest';
import { FigureError, fitLayout, parseFigure } from './figure.ts';

const DARK = {
  scheme: 'dark' as const,
  background: '#15151a',
  plotBackground: '#15151a',
  text: '#b3b3bf',
  grid: '#26262f',
  font: 'sans-serif',
};

/** As plotly.py writes it into every figure. */
const DEFAULT_TEMPLATE = {
  data: { bar: [{ marker: { line: { color: '#E5ECF6' } } }] },
  layout: {
    paper_bgcolor: 'white',
    plot_bgcolor: '#E5ECF6',
    font: { color: '#2a3f5f', size: 11 },
    colorway: ['#636efa', '#EF553B'],
    xaxis: { gridcolor: 'white', ticks: 'outside' },
  },
};

describe('parseFigure', () => {
  it('reads a figure', () => {
    const figure = parseFigure('{"data": [{"type": "bar", "y": [1]}], "layout": {"title": {"text": "T"}}}');
    expect(figure.data).toHaveLength(1);
    expect(figure.frames).toEqual([]);
  });

  it.each([
    ['text that is not JSON', 'PNG'],
    ['a bare NaN', '{"data": [{"y": [NaN]}]}'],
    ['JSON that is not a figure', '{"r2_score": 1}'],
    ['traces that are not objects', '{"data": [1, 2]}'],
    ['too many traces', JSON.stringify({ data: Array.from({ length: 5000 }, () => ({})) })],
  ])('refuses %s with a sentence', (_, text) => {
    expect(() => parseFigure(text)).toThrow(FigureError);
  });
});

describe('fitLayout', () => {
  it('puts the page’s background in place of the default template’s', () => {
    const { template } = fitLayout({ template: DEFAULT_TEMPLATE }, DARK, 'full');
    expect(template).toMatchObject({
      layout: {
        paper_bgcolor: DARK.background,
        font: { color: DARK.text, size: 11 },
        xaxis: { gridcolor: DARK.grid, ticks: 'outside' },
        yaxis: { gridcolor: DARK.grid },
      },
    });
  });

  it('keeps the colours of the data', () => {
    const { template } = fitLayout({ template: DEFAULT_TEMPLATE }, DARK, 'full');
    expect(template).toMatchObject({
      data: DEFAULT_TEMPLATE.data,
      layout: { colorway: ['#636efa', '#EF553B'] },
    });
  });

  it('keeps what the author has set in the layout', () => {
    const author = { template: DEFAULT_TEMPLATE, xaxis: { gridcolor: 'red' }, font: { color: 'blue' } };
    expect(fitLayout(author, DARK, 'full')).toMatchObject({
      xaxis: { gridcolor: 'red' },
      font: { color: 'blue' },
    });
  });

  it.each([
    ['a background of the author’s', { template: DEFAULT_TEMPLATE, paper_bgcolor: 'ivory' }],
    ['a dark template', { template: { layout: { paper_bgcolor: 'rgb(17,17,17)' } } }],
  ])('leaves %s as it is', (_, layout) => {
    expect(fitLayout(layout, DARK, 'full').template).toBe(layout.template);
  });

  it('does not change the figure itself', () => {
    const layout = { template: structuredClone(DEFAULT_TEMPLATE), width: 800, height: 500 };
    fitLayout(layout, DARK, 'tile');
    expect(layout).toEqual({ template: DEFAULT_TEMPLATE, width: 800, height: 500 });
  });

  it('fits a tile, and keeps a tall figure tall where there is room', () => {
    const layout = { width: 1200, height: 1600 };
    expect(fitLayout(layout, DARK, 'tile')).not.toHaveProperty('height');
    expect(fitLayout(layout, DARK, 'full')).toMatchObject({ height: 1600, autosize: true });
    expect(fitLayout(layout, DARK, 'full')).not.toHaveProperty('width');
  });

  it('keeps the author’s margins where there is room, and no large ones in a tile', () => {
    const layout = { margin: { l: 200, r: 0 } };
    expect(fitLayout(layout, DARK, 'full').margin).toEqual({ l: 200, r: 0 });
    const margin = fitLayout(layout, DARK, 'tile').margin;
    expect(margin).toMatchObject({ r: 0 });
    expect(margin).not.toMatchObject({ l: 200 });
  });

  it('lets axes grow to their labels, unless the author says otherwise', () => {
    const layout = { yaxis: { title: { text: 'price' } }, xaxis2: { automargin: false } };
    expect(fitLayout(layout, DARK, 'tile')).toMatchObject({
      xaxis: { automargin: true },
      yaxis: { automargin: true, title: { text: 'price' } },
      xaxis2: { automargin: false },
    });
  });
});
