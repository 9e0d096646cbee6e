import outlines from 'virtual:plotly-outlines';
import type { Figure } from './figure.ts';
import { isRecord } from './values.ts';

/** Traces that are drawn over outlines of continents, countries and states. */
const OUTLINED = new Set<unknown>(['scattergeo', 'choropleth']);

declare global {
  interface Window {
    /** Where Plotly looks for outlines before it asks the internet for them. */
    PlotlyGeoAssets?: { topojson: Record<string, unknown> };
  }
}

/**
 * The names of the outlines that a figure may show: of the world, and of every part of it that the layout, a frame or a
 * button names.
 */
export function outlinesOf({ data, layout, frames }: Figure): string[] {
  const traces = [data, ...frames.map((frame) => (Array.isArray(frame.data) ? frame.data : []))].flat();
  if (!traces.some((trace) => isRecord(trace) && OUTLINED.has(trace.type))) return [];
  const words = new Set(['world', '110']);
  collectWords([layout, frames.map((frame) => frame.layout)], words);
  if (words.has('albers usa')) words.add('usa');
  return Object.keys(outlines).filter((name) => {
    const [scope = '', resolution = ''] = name.replace(/m$/, '').split('_');
    return words.has(resolution) && words.has(scope.replaceAll('-', ' '));
  });
}

/** Loads outlines to where Plotly looks for them. */
export async function loadOutlines(names: string[]): Promise<void> {
  window.PlotlyGeoAssets ??= { topojson: {} };
  const { topojson } = window.PlotlyGeoAssets;
  await Promise.all(
    names.map(async (name) => {
      topojson[name] ??= (await outlines[name]?.())?.default;
    }),
  );
}

/** Collects all short texts and numbers in a layout: a part of the world may be named by any button. */
function collectWords(value: unknown, words: Set<string>): void {
  if (typeof value === 'string' || typeof value === 'number') words.add(String(value));
  else if (Array.isArray(value)) for (const inner of value) collectWords(inner, words);
  else if (isRecord(value)) for (const inner of Object.values(value)) collectWords(inner, words);
}
