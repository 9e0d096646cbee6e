import type { PlotRoom, PlotTheme } from './messages.ts';
import { isRecord } from './values.ts';

/** A Plotly figure, as far as we look into it. */
export type Figure = {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
  frames: Record<string, unknown>[];
};

/** More traces than that, and Plotly would hold the browser up for minutes. */
const MOST_TRACES = 2000;

/** Margins of a small figure in pixels; Plotly's own are made for a whole page. */
const TILE_MARGIN = { l: 44, r: 16, t: 16, b: 36 };

const AXIS = /^[xy]axis\d*$/;

/** Why a file cannot be drawn, as a sentence for the reader. */
export class FigureError extends Error {}

/**
 * Reads a figure from the text of a file.
 *
 * @throws FigureError when the text is not a Plotly figure
 */
export function parseFigure(text: string): Figure {
  let figure: unknown;
  try {
    figure = JSON.parse(text);
  } catch {
    throw new FigureError('The file is not valid JSON.');
  }
  if (!isRecord(figure) || !Array.isArray(figure.data) || !figure.data.every(isRecord)) {
    throw new FigureError('The file is JSON, but not a Plotly figure: it has no list of traces.');
  }
  if (figure.data.length > MOST_TRACES) {
    throw new FigureError(`The figure has ${figure.data.length} traces; at most ${MOST_TRACES} are drawn.`);
  }
  const layout = isRecord(figure.layout) ? figure.layout : {};
  const frames = Array.isArray(figure.frames) ? figure.frames.filter(isRecord) : [];
  return { data: figure.data, layout, frames };
}

/**
 * The layout that fits a figure into the page: its size, and in place of the default backgrounds of Plotly's light
 * templates those of the page. What the author has set in the layout stays, and so do the colours of the data.
 */
export function fitLayout(
  layout: Record<string, unknown>,
  theme: PlotTheme,
  room: PlotRoom,
): Record<string, unknown> {
  // What somebody has zoomed stays so when the page turns dark.
  const fitted: Record<string, unknown> = { uirevision: 'figure', ...layout, autosize: true };
  delete fitted.width;
  if (room === 'tile') {
    delete fitted.height;
    fitted.margin = tileMargin(layout);
  }
  for (const name of ['xaxis', 'yaxis', ...Object.keys(layout).filter((key) => AXIS.test(key))]) {
    // Labels that do not fit would be cut off; an author's own word on that stays.
    fitted[name] = { automargin: true, ...(isRecord(layout[name]) ? layout[name] : {}) };
  }
  const template = isRecord(layout.template) ? layout.template : {};
  const templateLayout = isRecord(template.layout) ? template.layout : {};
  const authorsBackground = layout.paper_bgcolor ?? layout.plot_bgcolor;
  if (authorsBackground === undefined && isLight(templateLayout.paper_bgcolor)) {
    fitted.template = { ...template, layout: themed(templateLayout, theme) };
  }
  return fitted;
}

function tileMargin(layout: Record<string, unknown>): Record<string, number> {
  const own = isRecord(layout.margin) ? layout.margin : {};
  const most = { ...TILE_MARGIN, t: hasTitle(layout) ? 44 : TILE_MARGIN.t };
  return Object.fromEntries(
    Object.entries(most).map(([side, room]) => {
      const wanted = own[side];
      return [side, typeof wanted === 'number' ? Math.min(wanted, room) : room];
    }),
  );
}

function hasTitle({ title }: Record<string, unknown>): boolean {
  return typeof title === 'string' ? title !== '' : isRecord(title) && Boolean(title.text);
}

/** Whether a background is Plotly's default (none is set) or white; another one was the author's choice. */
function isLight(colour: unknown): boolean {
  return (
    colour === undefined || (typeof colour === 'string' && /^(white|#fff|#ffffff)$/i.test(colour.trim()))
  );
}

function themed(layout: Record<string, unknown>, theme: PlotTheme): Record<string, unknown> {
  const { background, plotBackground, text, grid, font } = theme;
  const axis = {
    gridcolor: grid,
    linecolor: grid,
    zerolinecolor: grid,
    tickcolor: text,
  };
  const result: Record<string, unknown> = {
    ...layout,
    paper_bgcolor: background,
    plot_bgcolor: plotBackground,
    font: { ...(isRecord(layout.font) ? layout.font : {}), color: text, family: font },
    polar: subplot(layout.polar, { bgcolor: plotBackground, angularaxis: axis, radialaxis: axis }),
    ternary: subplot(layout.ternary, { bgcolor: plotBackground, aaxis: axis, baxis: axis, caxis: axis }),
    scene: subplot(layout.scene, {
      xaxis: { ...axis, backgroundcolor: plotBackground },
      yaxis: { ...axis, backgroundcolor: plotBackground },
      zaxis: { ...axis, backgroundcolor: plotBackground },
    }),
    geo: subplot(layout.geo, { bgcolor: background, lakecolor: background, subunitcolor: grid }),
    xaxis: {},
    yaxis: {},
  };
  for (const [name, value] of Object.entries(result)) {
    if (AXIS.test(name)) {
      const own = isRecord(layout[name]) ? layout[name] : isRecord(value) ? value : {};
      result[name] = { ...own, ...axis };
    }
  }
  return result;
}

function subplot(own: unknown, colours: Record<string, unknown>): Record<string, unknown> {
  return { ...(isRecord(own) ? own : {}), ...colours };
}
