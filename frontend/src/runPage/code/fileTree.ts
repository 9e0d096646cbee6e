import type { SourceFile } from '../../runs/codeQueries.ts';

export type Folder = { kind: 'folder'; path: string; name: string; entries: TreeEntry[]; files: number };
export type TreeFile = { kind: 'file'; path: string; name: string; file: SourceFile };
export type TreeEntry = Folder | TreeFile;

const byName = new Intl.Collator('en', { numeric: true });

/** Files as a tree: folders first, by name. A folder with nothing but a folder in it is one with that: `src/shuttles`. */
export function buildTree(files: readonly SourceFile[]): TreeEntry[] {
  const root: Folder = { kind: 'folder', path: '', name: '', entries: [], files: 0 };
  const folders = new Map<string, Folder>([['', root]]);
  const folderOf = (path: string): Folder => {
    const known = folders.get(path);
    if (known) return known;
    const slash = path.lastIndexOf('/');
    const folder: Folder = { kind: 'folder', path, name: path.slice(slash + 1), entries: [], files: 0 };
    folders.set(path, folder);
    folderOf(slash < 0 ? '' : path.slice(0, slash)).entries.push(folder);
    return folder;
  };
  for (const file of files) {
    const slash = file.path.lastIndexOf('/');
    const folder = folderOf(slash < 0 ? '' : file.path.slice(0, slash));
    folder.entries.push({ kind: 'file', path: file.path, name: file.path.slice(slash + 1), file });
  }
  return tidy(root).entries;
}

function tidy(folder: Folder): Folder {
  const entries = folder.entries.map((entry) => (entry.kind === 'folder' ? tidy(entry) : entry));
  const [only] = entries;
  if (folder.path !== '' && entries.length === 1 && only?.kind === 'folder') {
    return { ...only, name: `${folder.name}/${only.name}` };
  }
  entries.sort(
    (one, other) =>
      Number(one.kind === 'file') - Number(other.kind === 'file') || byName.compare(one.name, other.name),
  );
  const files = entries.reduce((sum, entry) => sum + (entry.kind === 'folder' ? entry.files : 1), 0);
  return { ...folder, entries, files };
}

/** A row of the tree as it is shown; `setSize` and `place` are among the entries of the same folder. */
export type TreeRow = { entry: TreeEntry; level: number; open: boolean; setSize: number; place: number };

/** The rows of a tree with some folders open. */
export function treeRows(entries: readonly TreeEntry[], isOpen: (folder: Folder) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (siblings: readonly TreeEntry[], level: number): void => {
    for (const [index, entry] of siblings.entries()) {
      const open = entry.kind === 'folder' && isOpen(entry);
      rows.push({ entry, level, open, setSize: siblings.length, place: index + 1 });
      if (entry.kind === 'folder' && open) add(entry.entries, level + 1);
    }
  };
  add(entries, 1);
  return rows;
}

/** With more files, only the way to the chosen one is open at first. */
const OPEN_AT_FIRST = 80;

/** The folders that are open until one opens or closes some: all of a small project, else those on the way to a file. */
export function openAtFirst(
  entries: readonly TreeEntry[],
  fileCount: number,
  chosen: string | undefined,
): ReadonlySet<string> {
  const open = new Set<string>();
  const visit = (siblings: readonly TreeEntry[]): void => {
    for (const entry of siblings) {
      if (entry.kind !== 'folder') continue;
      if (fileCount <= OPEN_AT_FIRST || chosen?.startsWith(`${entry.path}/`)) open.add(entry.path);
      visit(entry.entries);
    }
  };
  visit(entries);
  return open;
}

/** The files whose paths have all the words that are searched for. */
export function findFiles(files: readonly SourceFile[], text: string | undefined): readonly SourceFile[] {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return files;
  return files.filter(({ path }) => words.every((word) => path.toLowerCase().includes(word)));
}
