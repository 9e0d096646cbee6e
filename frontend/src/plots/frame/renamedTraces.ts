import type { Figure } from './figure.ts';
import { isRecord } from './values.ts';

/**
 * Trace types of older versions of Plotly that today's draws in the same way under another name, and the type that
 * replaced each. `heatmapgl` smoothed its cells unless told otherwise, which `heatmap` does on demand.
 *
 * Source: the list of removed traces in the changelogs of plotly.js 3 and 4.
 */
const RENAMED = new Map<unknown, Record<string, unknown>>([
  ['scattermapbox', { type: 'scattermap' }],
  ['choroplethmapbox', { type: 'choroplethmap' }],
  ['densitymapbox', { type: 'densitymap' }],
  ['heatmapgl', { type: 'heatmap', zsmooth: 'fast' }],
]);

const OLD_MAP = /^mapbox(\d*)(?=\.|$)/;
const MAP = /^map(\d*)$/;

/** The figure with today's names for the types of traces and for the maps that they are drawn on. */
export function withTodaysTraces(figure: Figure): Figure {
  const names = newMapNames(figure);
  const rename = (name: string): string =>
    name.replace(OLD_MAP, (old, number: string) => names.get(old) ?? `map${number}`);
  const traces = (data: Record<string, unknown>[]) => data.map((trace) => todaysTrace(trace, rename));
  const layout = Object.fromEntries(
    Object.entries(renameKeys(figure.layout, rename, 1)).map(([name, value]) =>
      // Buttons and sliders change the layout by such names, too.
      name === 'updatemenus' || name === 'sliders' ? [name, renameKeys(value, rename)] : [name, value],
    ),
  );
  const template = isRecord(layout.template) ? layout.template : {};
  if (isRecord(template.layout)) {
    layout.template = { ...template, layout: renameKeys(template.layout, rename, 1) };
  }
  const frames = figure.frames.map((frame) => ({
    ...frame,
    ...(Array.isArray(frame.data) && { data: traces(frame.data.filter(isRecord)) }),
    ...(isRecord(frame.layout) && { layout: renameKeys(frame.layout, rename, 1) }),
  }));
  return { data: traces(figure.data), layout, frames };
}

function todaysTrace(
  trace: Record<string, unknown>,
  rename: (name: string) => string,
): Record<string, unknown> {
  const replaced = RENAMED.get(trace.type);
  if (replaced === undefined) return trace;
  const { type, ...defaults } = replaced;
  const todays = { ...defaults, ...trace, type };
  if (typeof trace.subplot === 'string') return { ...todays, subplot: rename(trace.subplot) };
  const isOnMap = type !== 'heatmap';
  return isOnMap ? { ...todays, subplot: rename('mapbox') } : todays;
}

/** The name of each old map among those of today: `mapbox2` is `map2`, unless the figure has a map of that name. */
function newMapNames({ data, layout }: Figure): Map<string, string> {
  const taken = new Set([...Object.keys(layout), ...data.map(({ subplot }) => String(subplot))]);
  if (data.some(({ type, subplot }) => isTodaysMapTrace(type) && subplot === undefined)) taken.add('map');
  const old = new Set(['mapbox', ...taken].filter((name) => OLD_MAP.test(name)));
  const names = new Map<string, string>();
  for (const name of old) {
    let candidate = name.replace('mapbox', 'map');
    while (taken.has(candidate)) {
      candidate = candidate.replace(MAP, (_, number: string) => `map${Number(number || 1) + 1}`);
    }
    taken.add(candidate);
    names.set(name, candidate);
  }
  return names;
}

function isTodaysMapTrace(type: unknown): boolean {
  return [...RENAMED.values()].some((todays) => todays.type === type && type !== 'heatmap');
}

/** The value with other names for the keys of its objects, down to a depth. */
function renameKeys<Value>(value: Value, rename: (name: string) => string, depth?: number): Value;
function renameKeys(value: unknown, rename: (name: string) => string, depth = 20): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((inner) => renameKeys(inner, rename, depth - 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [rename(key), renameKeys(inner, rename, depth - 1)]),
  );
}
