import { type Figure, FigureError } from './figure.ts';
import { isRecord } from './values.ts';

/** A figure that can be drawn here, and what it lacks, in sentences for the reader. */
export type DrawableFigure = { figure: Figure; notes: string[] };

const MAP_STYLE = /^map\d*\.style$/;
/** Traces that are drawn on maps of tiles. */
const ON_TILES = new Set<unknown>(['scattermap', 'choroplethmap', 'densitymap']);

const ADDRESS = /^([a-z][a-z0-9+.-]*:)?\/\//i;

/**
 * The figure without what would have to be loaded from the internet, which the frame does not reach, and without traces
 * that Plotly cannot draw: it would silently take them for line charts.
 *
 * @param figure with today's trace types
 * @param isKnown whether Plotly draws a trace type
 * @param background the colour behind maps
 * @throws FigureError when nothing is left to draw
 */
export function withoutNetwork(
  figure: Figure,
  isKnown: (type: string) => boolean,
  background: string,
): DrawableFigure {
  const notes = new Set<string>();
  const data = drawableTraces(figure.data, isKnown, notes);
  if (data.length === 0 && figure.data.length > 0) throw new FigureError([...notes].join(' '));
  const maps = data.filter(({ type }) => ON_TILES.has(type)).map(({ subplot }) => String(subplot ?? 'map'));
  const layout = offlineLayout(figure.layout, maps, background, notes);
  const frames = figure.frames.map((frame) => ({
    ...frame,
    ...(Array.isArray(frame.data) && { data: frame.data.filter(isRecord).map(withCircles) }),
    ...(isRecord(frame.layout) && {
      layout: offlineLayout(frame.layout, [], background, notes),
    }),
  }));
  return { figure: { data, layout, frames }, notes: [...notes] };
}

function drawableTraces(
  data: Record<string, unknown>[],
  isKnown: (type: string) => boolean,
  notes: Set<string>,
): Record<string, unknown>[] {
  const unknown = new Map<string, number>();
  const drawable = data.filter((trace) => {
    const { type = 'scatter', geojson } = trace;
    if (typeof type !== 'string' || !isKnown(type)) {
      const name = String(type).slice(0, 50);
      unknown.set(name, (unknown.get(name) ?? 0) + 1);
      return false;
    }
    if (typeof geojson === 'string') {
      notes.add(
        `The shapes of a map are left out: they would be loaded from ${hostOf(geojson)}. ` +
          'Put the GeoJSON itself into the figure to see them.',
      );
      return false;
    }
    return true;
  });
  for (const [type, count] of unknown) {
    const traces = count === 1 ? 'A trace' : `${count} traces`;
    notes.add(`${traces} of type “${type}” cannot be drawn: Plotly no longer has this type.`);
  }
  const withMarkers = drawable.map(withCircles);
  if (withMarkers.some((trace, place) => trace !== drawable[place])) {
    notes.add('The symbols on the map are shown as circles: they would be loaded from the internet.');
  }
  return withMarkers;
}

/** A trace on a map with circles in place of symbols, which come with the map's style from the internet. */
function withCircles(trace: Record<string, unknown>): Record<string, unknown> {
  if (trace.type !== 'scattermap' || !isRecord(trace.marker)) return trace;
  const { symbol, ...marker } = trace.marker;
  return symbol === undefined || symbol === 'circle' ? trace : { ...trace, marker };
}

function offlineLayout(
  layout: Record<string, unknown>,
  maps: string[],
  background: string,
  notes: Set<string>,
): Record<string, unknown> {
  const offline = { ...layout };
  for (const name of maps) {
    offline[name] = offlineMap(isRecord(layout[name]) ? layout[name] : {}, background, notes);
  }
  for (const [name, value] of Object.entries(layout)) {
    if (MAP_STYLE.test(name)) offline[name] = blankStyle(background);
    if (name === 'updatemenus' || name === 'sliders') offline[name] = withoutStyles(value, background);
  }
  if (Array.isArray(layout.images)) offline.images = layout.images.filter((each) => isInside(each, notes));
  return offline;
}

function offlineMap(
  map: Record<string, unknown>,
  background: string,
  notes: Set<string>,
): Record<string, unknown> {
  const isWhite = map.style === 'white-bg';
  if (!isWhite) notes.add('The map’s background is left out: it would be loaded from the internet.');
  const layers = Array.isArray(map.layers) ? map.layers.filter(isRecord) : [];
  const drawn = layers.filter(
    ({ source, sourcetype = 'geojson' }) => sourcetype === 'geojson' && isRecord(source),
  );
  if (drawn.length < layers.length) {
    notes.add('Layers of the map are left out: they would be loaded from the internet.');
  }
  return { ...map, layers: drawn, style: blankStyle(isWhite ? '#fff' : background) };
}

/** A style of MapLibre that loads nothing. Texts are drawn in the browser's own fonts where a style names none. */
function blankStyle(background: string): Record<string, unknown> {
  return {
    version: 8,
    sources: {},
    layers: [{ id: 'background', type: 'background', paint: { 'background-color': background } }],
  };
}

/** Buttons and sliders that change no map's style to one from the internet. */
function withoutStyles(value: unknown, background: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutStyles(inner, background));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      MAP_STYLE.test(key) ? blankStyle(background) : withoutStyles(inner, background),
    ]),
  );
}

/** Whether a picture of the layout is in the figure itself. */
function isInside(image: unknown, notes: Set<string>): boolean {
  if (!isRecord(image) || typeof image.source !== 'string' || !ADDRESS.test(image.source)) return true;
  notes.add(`A picture is left out: it would be loaded from ${hostOf(image.source)}.`);
  return false;
}

function hostOf(address: string): string {
  try {
    return new URL(address, 'http://the-internet').host.slice(0, 100);
  } catch {
    return 'the internet';
  }
}
