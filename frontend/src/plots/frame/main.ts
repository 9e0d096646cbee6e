/**
 * The script of `plot-frame.html`: draws one Plotly figure that the page around it sends.
 *
 * Figures come from runs and are not trusted. The frame is sandboxed without an origin: whatever a figure makes Plotly
 * do, it reaches neither the page nor the server, and the network is closed by its content security policy.
 */
import { type Figure, FigureError, fitLayout, parseFigure } from './figure.ts';
import { FORWARDED_KEYS, type FromFrame, type PlotRoom, type PlotTheme, readToFrame } from './messages.ts';

/** A press that moves less than this, in pixels, is a click and not a drag. */
const CLICK_REACH = 5;

const root = document.getElementById('plot');

let drawing: { figure: Figure; room: PlotRoom } | undefined;

function tell(message: FromFrame): void {
  // The frame has no origin and is not told the page's; nothing in these messages is secret.
  window.parent.postMessage(message, '*');
}

async function draw(element: HTMLElement, theme: PlotTheme): Promise<void> {
  if (drawing === undefined) return;
  const { figure, room } = drawing;
  const { default: Plotly } = await import('plotly.js-strict-dist-min');
  document.documentElement.style.colorScheme = theme.scheme;
  document.body.style.background = theme.background;
  const layout = fitLayout(figure.layout, theme, room);
  // In a tile, a drag scrolls the page and a click opens the figure large; only hovering is left.
  if (room === 'tile') Object.assign(layout, { dragmode: false });
  element.style.height = typeof layout.height === 'number' ? `${layout.height}px` : '100%';
  await Plotly.react(element, {
    data: figure.data,
    layout,
    frames: figure.frames,
    config: {
      responsive: true,
      displaylogo: false,
      displayModeBar: room === 'full',
      scrollZoom: false,
      doubleClick: room === 'full' ? 'reset+autosize' : false,
      // The sandbox allows no downloads; the page around offers the file itself.
      modeBarButtonsToRemove: ['toImage'],
      showEditInChartStudio: false,
      showSendToCloud: false,
    },
  });
  tell({ kind: 'drawn' });
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
      if (message.kind === 'draw') {
        const text = new TextDecoder().decode(message.figure);
        drawing = { figure: parseFigure(text), room: message.room };
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
  window.addEventListener('keydown', ({ key }) => {
    const forwarded = FORWARDED_KEYS.find((candidate) => candidate === key);
    if (forwarded) tell({ kind: 'key', key: forwarded });
  });

  for (const part of [document.documentElement, document.body]) {
    part.style.height = '100%';
    part.style.margin = '0';
  }
  tell({ kind: 'ready' });
}

if (root !== null) listen(root);
