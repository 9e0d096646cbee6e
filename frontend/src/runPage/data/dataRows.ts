import type { Artifact } from '../../data/artifact.ts';
import { groupByDataset } from '../../runs/datasets.ts';
import type { DataUse } from './dataQuery.ts';

/** A dataset that a run loaded or saved, with the files of the version that it saved. */
export type DataRow = Omit<DataUse, 'saved'> & { files: Artifact[] };

export type DataRows = { loaded: DataRow[]; saved: DataRow[] };

/**
 * What a run loaded and what it saved. Of a run whose uses of data are not known, what it saved is known from the files
 * that carry its id.
 */
export function dataRows(
  uses: readonly DataUse[],
  artifacts: readonly Artifact[],
  runId: string,
  find: string | undefined,
): DataRows {
  const files = new Map(groupByDataset([...artifacts]).map(({ dataset, members }) => [dataset, members]));
  const loaded: DataRow[] = [];
  const saved: DataRow[] = [];
  for (const { saved: isSaved, ...use } of uses) {
    if (isSaved) saved.push({ ...use, files: files.get(use.dataset) ?? [] });
    else loaded.push({ ...use, files: [] });
  }
  const known = new Set(saved.map(({ dataset }) => dataset));
  for (const [dataset, members] of files) {
    const [first] = members;
    if (first === undefined || known.has(dataset)) continue;
    const sizes = members.map(({ size }) => size);
    saved.push({
      dataset,
      datasetType: first.datasetType,
      path: null,
      version: runId,
      size: sizes.some((size) => size === null)
        ? null
        : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
      fingerprint: null,
      files: members,
    });
  }
  const words = (find ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = ({ dataset, datasetType, path, version, fingerprint }: DataRow): boolean => {
    const text = [dataset, datasetType, path, version, fingerprint].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return { loaded: loaded.filter(found), saved: saved.filter(found) };
}

/** A fingerprint as people read it: its first characters, and what it was made from. */
export function readFingerprint(fingerprint: string): { short: string; meaning: string } {
  const [kind = '', digest] = fingerprint.split(':', 2);
  if (digest === undefined) return { short: fingerprint.slice(0, 10), meaning: 'Fingerprint of the data' };
  return { short: digest.slice(0, 10), meaning: MEANINGS[kind] ?? 'Fingerprint of the data' };
}

const MEANINGS: Record<string, string> = {
  full: 'Fingerprint of the whole file',
  sampled: 'Fingerprint of parts of the file, from its beginning to its end',
  folder: 'Fingerprint of the files in the folder',
};
