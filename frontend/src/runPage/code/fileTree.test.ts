import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../runs/codeQueries.ts';
import { buildTree, findFiles, openAtFirst, type TreeEntry, treeRows } from './fileTree.ts';

const file = (path: string): SourceFile => ({ path, size: 1, hash: 'h', redacted: false, problem: null });
const PATHS = [
  'pyproject.toml',
  'src/shuttles/settings.py',
  'src/shuttles/pipelines/b/nodes.py',
  'src/shuttles/pipelines/a/nodes.py',
  'conf/base/catalog.yml',
  'file10.txt',
  'file9.txt',
];
const all = () => true;
const shown = (entries: TreeEntry[], isOpen = all) =>
  treeRows(entries, isOpen).map(({ entry, level }) => `${'  '.repeat(level - 1)}${entry.name}`);

describe('the tree of source files', () => {
  it('has folders first, and is in the order of names', () => {
    expect(shown(buildTree(PATHS.map(file)))).toEqual([
      'conf/base',
      '  catalog.yml',
      'src/shuttles',
      '  pipelines',
      '    a',
      '      nodes.py',
      '    b',
      '      nodes.py',
      '  settings.py',
      'file9.txt',
      'file10.txt',
      'pyproject.toml',
    ]);
  });

  it('shows what is in open folders only', () => {
    const tree = buildTree(PATHS.map(file));
    expect(shown(tree, ((folder: { path: string }) => folder.path === 'conf/base') as typeof all)).toEqual([
      'conf/base',
      '  catalog.yml',
      'src/shuttles',
      'file9.txt',
      'file10.txt',
      'pyproject.toml',
    ]);
  });

  it('tells each entry its place among its own', () => {
    const row = treeRows(buildTree(PATHS.map(file)), all).find(({ entry }) => entry.name === 'b');
    expect(row).toMatchObject({ level: 3, place: 2, setSize: 2 });
  });

  it('is open where a project is small, else on the way to the chosen file', () => {
    const tree = buildTree(PATHS.map(file));
    expect([...openAtFirst(tree, 7, undefined)]).toContain('conf/base');
    expect([...openAtFirst(tree, 5000, 'src/shuttles/pipelines/a/nodes.py')]).toEqual([
      'src/shuttles',
      'src/shuttles/pipelines',
      'src/shuttles/pipelines/a',
    ]);
  });

  it('bears paths that are none', () => {
    expect(shown(buildTree(['', '/', 'a//b', '__proto__/x', '../up'].map(file))).length).toBeGreaterThan(0);
  });
});

it('finds files by parts of their paths', () => {
  expect(findFiles(PATHS.map(file), 'NODES /a').map(({ path }) => path)).toEqual([
    'src/shuttles/pipelines/a/nodes.py',
  ]);
});
