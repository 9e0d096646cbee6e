import type { Plugin } from 'vite';

const BUNDLE = 'plotly.js/dist/plotly-strict.min.js';

/** What is changed in the bundle: each stands in it exactly once. */
const CHANGES: [what: string, found: RegExp, instead: string][] = [
  // `location.origin` is the site's also in a frame without an origin: its own blob is taken for another site's script.
  [
    'the comparison of a worker’s origin with the page’s',
    /new URL\((\w+),(\w+)\.href\)\.origin!==\2\.origin/g,
    '!$1.startsWith("blob:")&&$&',
  ],
  ['the start of a worker as a module', /new Worker\((\w+),\{type:"module"\}\)/g, 'new Worker($1)'],
  ['the export of the worker’s script', /export\{\w+ as default\};/g, ''],
];

/**
 * Lets Plotly draw maps in a sandboxed frame.
 *
 * MapLibre, inside Plotly's bundle, starts its worker from a blob as a module. Browsers refuse that to a frame without an
 * origin, without a message, and the map never appears. They allow workers that are plain scripts, which this makes of it.
 *
 * @throws Error when the bundle is not as expected, so that a new version of Plotly is looked at again
 */
export function plotlyWorkers(): Plugin {
  return {
    name: 'plotly-workers',
    transform(code, id) {
      return id.split('?')[0]?.endsWith(BUNDLE) ? { code: changed(code), map: null } : undefined;
    },
  };
}

function changed(code: string): string {
  return CHANGES.reduce((text, [what, found, instead]) => {
    const times = [...text.matchAll(found)].length;
    if (times !== 1) throw new Error(`${BUNDLE} has ${what} ${times} times, not once: see plotlyWorkers.ts.`);
    return text.replace(found, instead);
  }, code);
}
