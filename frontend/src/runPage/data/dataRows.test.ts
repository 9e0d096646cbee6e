import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../data/artifact.ts';
import type { DataUse } from './dataQuery.ts';
import { dataRows, readFingerprint } from './dataRows.ts';

const use = (dataset: string, saved: boolean, part: Partial<DataUse> = {}): DataUse => ({
  dataset,
  datasetType: 'pandas.csv_dataset.CSVDataset',
  saved,
  path: null,
  version: null,
  size: null,
  fingerprint: null,
  ...part,
});
const file = (dataset: string, name: string, size: number | null): Artifact => ({
  dataset,
  datasetType: 'pickle.pickle_dataset.PickleDataset',
  name,
  mediaType: 'application/octet-stream',
  size,
  url: '/a',
  problem: null,
});
const names = (rows: { dataset: string }[]) => rows.map(({ dataset }) => dataset);

describe('the data of a run', () => {
  const uses = [
    use('cars', false, { path: 'data/01_raw/cars.csv' }),
    use('model', false),
    use('model', true),
  ];

  it('is what it loaded, and what it saved with its files', () => {
    const { loaded, saved } = dataRows(uses, [file('model', 'model.pkl', 10)], 'R', undefined);
    expect(names(loaded)).toEqual(['cars', 'model']);
    expect(saved).toMatchObject([{ dataset: 'model', files: [{ name: 'model.pkl' }] }]);
    expect(loaded[1]?.files).toEqual([]);
  });

  it('of an older run is what carries its id', () => {
    const { saved } = dataRows(
      [],
      [file('model', 'a', 10), file('model', 'b', 5), file('plot', 'p', null)],
      'R',
      '',
    );
    expect(saved).toMatchObject([
      { dataset: 'model', version: 'R', size: 15 },
      { dataset: 'plot', version: 'R', size: null },
    ]);
  });

  it('is found by name, path and whatever else is told of it', () => {
    expect(names(dataRows(uses, [], 'R', 'RAW cars').loaded)).toEqual(['cars']);
    expect(dataRows(uses, [], 'R', 'nothing')).toEqual({ loaded: [], saved: [] });
  });
});

it('reads fingerprints, of whatever kind', () => {
  expect(readFingerprint('sampled:0123456789abcdef')).toEqual({
    short: '0123456789',
    meaning: 'Fingerprint of parts of the file, from its beginning to its end',
  });
  expect(readFingerprint('0123456789abcdef').short).toBe('0123456789');
  expect(readFingerprint('new:01').short).toBe('01');
});
