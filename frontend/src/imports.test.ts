import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { expect, it } from 'vitest';

/** The folders of the app, from the pages down: a folder imports only from those in the lines below it. */
const ROOMS = [
  ['app'],
  ['runsList', 'runPage'],
  ['comparison', 'views'],
  ['address'],
  ['flowchart'],
  ['series'],
  ['charts', 'plots'],
  ['query'],
  ['runs'],
  ['components'],
  ['data'],
  ['formatting', 'theme'],
];

const IMPORT = /(?:\bfrom|\bimport\(|\bimport|new URL\()\s*'(\.{1,2}\/[^']+)'/g;

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (file) =>
    /\.tsx?$/.test(file) && file.includes(sep) && !/\.test\.tsx?$|testing|testSetup|renderWith/.test(file),
);

/** The files that each file imports, as paths from `src`. Styles and data are files, too. */
const imports = new Map(
  files.map((file) => {
    const found = [...readFileSync(join('src', file), 'utf8').matchAll(IMPORT)];
    return [file, found.map(([, path = '']) => normalize(join(dirname(file), path)))] as const;
  }),
);

const roomOf = (file: string): string => file.split(sep)[0] ?? '';
const lineOf = (file: string): number => ROOMS.findIndex((rooms) => rooms.includes(roomOf(file)));

it('knows all folders', () => {
  const rooms = new Set(files.map(roomOf));
  expect([...rooms].sort()).toEqual(ROOMS.flat().sort());
});

it('has folders that import one way', () => {
  const wrong = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => roomOf(target) !== roomOf(file) && lineOf(target) <= lineOf(file))
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

it('has no cycles of imports, those of types included', () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});
