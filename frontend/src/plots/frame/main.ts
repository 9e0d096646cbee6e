/**
 * The script of `plot-frame.html`: draws one Plotly figure that the page around it sends.
 *
 * Figures come from runs and are not trusted. The frame is sandboxed without an origin: whatever a figure makes Plotly
 * do, it reaches neither the page nor the server, and the network is closed by its content security policy.
 */
import { type Figure, FigureError, fitLayout, parseFigure } from './figure.ts';
import { type FigureView, isSameView, toRelayout, viewOf } from './figureView.ts';
import { FORWARDED_KEYS, type FromFrame, type PlotRoom, type PlotTheme, readToFrame } from './messages.ts';
import { loadOutlines, outlinesOf } from './outlines.ts';
import { withTodaysTraces } from './renamedTraces.ts';
import { withoutNetwork } from './withoutNetwork.ts';

/** A press that moves less than this, in pixels, is a click and not a drag. */
const CLICK_REACH = 5;

/** Trace types that every version of Plotly draws. To ask it for all of its types takes a fifth of a second. */
const COMMON_TRACES = new Set([
  ...['scatter', 'scattergl', 'scatter3d', 'bar', 'pie', 'box', 'violin', 'histogram', 'histogram2d'],
  ...['heatmap', 'contour', 'surface', 'table'],
]);

const root = document.getElementById('plot');

let drawing: { figure: Figure; room: PlotRoom } | undefined;

/** What the figure shows by itself; undefined until it is drawn. */
let home: FigureView | undefined;

/** What the page knows that it shows. */
let told: FigureView | undefined;

/** A view that the page has asked for; it is brought in once the figure is drawn. */
let wanted: FigureView | undefined;

/** Whether the figure is being changed because the page asked for it, which the page need not be told. */
let following = false;

function tell(message: FromFrame): void {
  // The frame has no origin and is not told the page's; nothing in these messages is secret.
  window.parent.postMessage(message, '*');
}

async function draw(element: HTMLElement, theme: PlotTheme): Promise<void> {
  if (drawing === undefined) return;
  const { room } = drawing;
  const [{ default: Plotly }] = await Promise.all([
    import('plotly.js/dist/plotly-strict.min.js'),
    loadOutlines(outlinesOf(drawing.figure)),
  ]);
  const known = (type: string) => COMMON_TRACES.has(type) || type in Plotly.PlotSchema.get().traces;
  const { figure, notes } = withoutNetwork(drawing.figure, known, theme.plotBackground);
  document.documentElement.style.colorScheme = theme.scheme;
  document.body.style.background = theme.background;
  const layout = fitLayout(figure.layout, theme, room);
  // In a tile a click opens the figure large, and where there is no mouse a drag scrolls the page.
  if (room === 'tile' && !window.matchMedia('(pointer: fine)').matches) {
    Object.assign(layout, { dragmode: false });
  }
  element.style.height = typeof layout.height === 'number' ? `${layout.height}px` : '100%';
  const first = home === undefined;
  await Plotly.react(element, {
    data: figure.data,
    layout,
    frames: figure.frames,
    config: {
      responsive: true,
      displaylogo: false,
      // It lies over the figure's title: where there is a pointer, only while that is on the figure.
      displayModeBar: room === 'full' && (matchMedia('(hover: hover)').matches ? 'hover' : true),
      scrollZoom: false,
      doubleClick: room === 'full' ? 'reset+autosize' : false,
      // They tell of double clicks, which open a tile large.
      showTips: room === 'full',
      // The sandbox allows no downloads; the page around offers the file itself.
      modeBarButtonsToRemove: ['toImage'],
      showEditInChartStudio: false,
      showSendToCloud: false,
    },
  });
  if (first) {
    home = viewOf(layoutOf(element));
    told = home;
    plotly(element).on('plotly_relayout', () => tellView(element));
  }
  await follow(element);
  tell({ kind: 'drawn', notes });
}

type PlotlyElement = HTMLElement & {
  on: (event: 'plotly_relayout', listener: () => void) => void;
  _fullLayout?: Record<string, unknown>;
};

/** The element after Plotly has drawn into it. */
function plotly(element: HTMLElement): PlotlyElement {
  return element as PlotlyElement;
}

/** The layout as Plotly has filled it in. */
function layoutOf(element: HTMLElement): Record<string, unknown> {
  return plotly(element)._fullLayout ?? {};
}

function tellView(element: HTMLElement): void {
  if (following || home === undefined) return;
  const view = viewOf(layoutOf(element));
  // Plotly tells of other changes in the same way, as of its size.
  if (told !== undefined && isSameView(view, told)) return;
  told = view;
  tell({ kind: 'view', view: { ...view, home: isSameView(view, home) } });
}

/** Brings the view in that the page has asked for. */
async function follow(element: HTMLElement): Promise<void> {
  if (wanted === undefined || home === undefined) return;
  const { default: Plotly } = await import('plotly.js/dist/plotly-strict.min.js');
  const update = toRelayout(wanted, home, layoutOf(element));
  wanted = undefined;
  if (Object.keys(update).length === 0) return;
  following = true;
  try {
    await Plotly.relayout(element, update);
  } finally {
    following = false;
    told = viewOf(layoutOf(element));
  }
}

function fail(error: unknown): void {
  const problem =
    error instanceof FigureError ? error.message : `Plotly could not draw the figure: ${String(error)}`;
  tell({ kind: 'failed', problem });
}

function listen(element: HTMLElement): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent) return;
    const message = readToFrame(event.data);
    if (message === undefined) return;
    try {
      if (message.kind === 'view') {
        wanted = message.view;
        follow(element).catch(fail);
        return;
      }
      if (message.kind === 'draw') {
        const text = new TextDecoder().decode(message.figure);
        drawing = { figure: withTodaysTraces(parseFigure(text)), room: message.room };
      }
      draw(element, message.theme).catch(fail);
    } catch (error) {
      fail(error);
    }
  });

  let pressed: { x: number; y: number } | undefined;
  window.addEventListener('pointerdown', ({ clientX, clientY }) => {
    pressed = { x: clientX, y: clientY };
  });
  window.addEventListener('pointerup', ({ clientX, clientY }) => {
    const near = pressed && Math.hypot(clientX - pressed.x, clientY - pressed.y) < CLICK_REACH;
    pressed = undefined;
    if (near) tell({ kind: 'click' });
  });
  window.addEventListener('keydown', (event) => {
    const forwarded = FORWARDED_KEYS.find((candidate) => candidate === event.key);
    if (forwarded === undefined) return;
    event.preventDefault();
    tell({ kind: 'key', key: forwarded });
  });

  for (const part of [document.documentElement, document.body]) {
    part.style.height = '100%';
    part.style.margin = '0';
  }
  tell({ kind: 'ready' });
}

if (root !== null) listen(root);
