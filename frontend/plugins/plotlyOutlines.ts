import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import type { Plugin } from 'vite';

const INDEX = 'virtual:plotly-outlines';
const PART = 'virtual:plotly-outline/';

/**
 * Makes the outlines of continents, countries and states that plotly.js ships in one file of 5 MB into a module each, so
 * that a figure loads only those that it shows: `virtual:plotly-outlines` exports a function for each that imports it.
 */
export function plotlyOutlines(): Plugin {
  let read: Record<string, unknown> | undefined;
  const outlines = (): Record<string, unknown> => {
    read ??= readOutlines();
    return read;
  };
  return {
    name: 'plotly-outlines',
    resolveId: (id) => (id === INDEX || id.startsWith(PART) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${INDEX}`) {
        const entries = Object.keys(outlines()).map((name) => {
          const module = JSON.stringify(`${PART}${name}`);
          return `${JSON.stringify(name)}: () => import(${module})`;
        });
        return `export default { ${entries.join(',\n')} };`;
      }
      if (!id.startsWith(`\0${PART}`)) return undefined;
      const outline = outlines()[id.slice(PART.length + 1)];
      // Browsers read JSON faster than a script that spells out the same object.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(outline))});`;
    },
  };
}

function readOutlines(): Record<string, unknown> {
  const file = createRequire(import.meta.url).resolve('plotly.js/dist/plotly-geo-assets.js');
  const module: { exports: { topojson?: Record<string, unknown> } } = { exports: {} };
  runInNewContext(readFileSync(file, 'utf8'), { module, window: {} });
  const { topojson } = module.exports;
  if (topojson === undefined) throw new Error(`${file} has no outlines: plotly.js has changed.`);
  return topojson;
}
