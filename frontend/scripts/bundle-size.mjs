#!/usr/bin/env node
// Prints the gzip size of the JavaScript that each page loads: the entry, what it imports, the page's own chunk and
// what that imports. Fails where the experiments page is over its limit. Run after `npm run build`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 350;
const built = fileURLToPath(new URL('../../package/kedro_viz/web/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${built}.vite/manifest.json`, 'utf8'));

const PAGES = {
  '/experiment-tracking': 'src/runsList/ExperimentsPage.tsx',
  '/experiment-tracking/runs/…': 'src/runPage/RunPage.tsx',
  '/experiment-tracking/compare': 'src/comparison/ComparePage.tsx',
  '/': 'src/app/PipelinePage.tsx',
};

function collectFiles(name, files = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`${name} is not in the build: run "npm run build".`);
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collectFiles(imported, files);
  return files;
}

const gzipSize = (file) => gzipSync(readFileSync(built + file)).length;

let failed = false;
for (const [page, module] of Object.entries(PAGES)) {
  const files = collectFiles(module, collectFiles('index.html'));
  const kilobytes = [...files].reduce((sum, file) => sum + gzipSize(file), 0) / 1000;
  console.log(`${kilobytes.toFixed(1).padStart(7)} kB  ${page}`);
  if (page === '/experiment-tracking' && kilobytes > LIMIT_KB) {
    console.error(`  over its limit of ${LIMIT_KB} kB`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
