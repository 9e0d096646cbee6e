import type { SourceFile } from '../../runs/codeQueries.ts';

/** What became of a source file from one run to another. `unknown`: its content was not kept. */
export type FileChange = {
  kind: 'changed' | 'renamed' | 'added' | 'removed' | 'unknown' | 'same';
  path: string;
  before?: SourceFile;
  after?: SourceFile;
};

/** Compares the source files of two runs; those that differ first, then by path. */
export function compareFiles(before: readonly SourceFile[], after: readonly SourceFile[]): FileChange[] {
  const old = new Map(before.map((file) => [file.path, file]));
  const fresh = new Map(after.map((file) => [file.path, file]));
  const gone = before.filter(({ path }) => !fresh.has(path));
  const changes: FileChange[] = [];
  for (const file of after) {
    const counterpart = old.get(file.path);
    if (counterpart !== undefined) {
      changes.push({ kind: relate(counterpart, file), path: file.path, before: counterpart, after: file });
      continue;
    }
    const moved = gone.findIndex(({ hash }) => hash !== null && hash === file.hash);
    const [from] = moved < 0 ? [] : gone.splice(moved, 1);
    changes.push({ kind: from ? 'renamed' : 'added', path: file.path, before: from, after: file });
  }
  for (const file of gone) changes.push({ kind: 'removed', path: file.path, before: file });
  return changes.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

function relate(before: SourceFile, after: SourceFile): FileChange['kind'] {
  if (before.hash !== null && after.hash !== null) return before.hash === after.hash ? 'same' : 'changed';
  return before.size === after.size ? 'unknown' : 'changed';
}

function rank({ kind }: FileChange): number {
  return kind === 'same' ? 2 : kind === 'unknown' ? 1 : 0;
}

/** Runs that ran the same code; `source` is undefined for those of which none was kept. */
export type CodeVersion<Run> = { source: string | undefined; runs: Run[] };

/** Groups runs by the code they ran, in the order of the runs; those without any last. */
export function codeVersions<Run>(
  runs: readonly Run[],
  sourceOf: (run: Run) => string | undefined,
): CodeVersion<Run>[] {
  const versions = new Map<string | undefined, Run[]>();
  for (const run of runs) {
    const source = sourceOf(run);
    versions.set(source, [...(versions.get(source) ?? []), run]);
  }
  return [...versions]
    .map(([source, members]) => ({ source, runs: members }))
    .sort((a, b) => Number(a.source === undefined) - Number(b.source === undefined));
}
