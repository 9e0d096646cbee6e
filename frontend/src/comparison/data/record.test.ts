import { describe, expect, it } from 'vitest';
import { codeVersions, compareFiles } from '../code/codeChanges.ts';
import { comparisonToCsv } from '../comparisonCsv.ts';
import { makeRun } from '../makeRun.ts';
import { comparedCurves, statRows } from '../series/comparedCurves.ts';
import type { ComparisonRow, ComparisonSection } from '../table/comparisonRows.ts';
import { toLines } from '../table/tableLines.ts';
import { variantName } from '../variantName.ts';
import { configurationSections } from './configurationSections.ts';
import { dataSections } from './dataSections.ts';
import { environmentSections } from './environmentSections.ts';

const rowsOf = (sections: ComparisonSection[], title: string) =>
  sections.find((section) => section.title === title)?.groups.flatMap(({ rows }) => rows) ?? [];

type Use = Parameters<typeof dataSections>[0][number] extends { dataUses: readonly (infer One)[] } | undefined
  ? One
  : never;

const use = (facts: Partial<Use>): Use => ({
  dataset: 'companies',
  datasetType: 'pandas.csv_dataset.CSVDataset',
  saved: false,
  path: 'data/companies.csv',
  version: null,
  size: null,
  fingerprint: null,
  ...facts,
});

describe('the data of runs', () => {
  const variantsOf = (...uses: (Partial<Use> | undefined)[]) => {
    // Something else that each run used, so that none is one of which nothing was recorded.
    const runs = uses.map((facts) => ({
      dataUses: [use({ dataset: 'other' }), ...(facts ? [use(facts)] : [])],
    }));
    const row = rowsOf(dataSections(runs), 'Loaded').find(({ label }) => label === 'companies');
    if (row?.kind !== 'data') throw new Error('There is no such row.');
    return { variants: row.values.map((value) => value?.variant), differs: row.differs };
  };

  it('is the same where its fingerprint is, whatever the version and the path', () => {
    expect(
      variantsOf(
        { fingerprint: 'full:a', version: '1' },
        { fingerprint: 'full:b', version: '1' },
        { fingerprint: 'full:a', version: '2', path: 'elsewhere' },
      ),
    ).toEqual({ variants: [0, 1, 0], differs: true });
  });

  it('without fingerprints is told by version and path, or by size', () => {
    expect(variantsOf({ version: '1' }, { version: '1' }, { version: '2' })).toEqual({
      variants: [0, 0, 1],
      differs: true,
    });
    expect(variantsOf({ size: 10 }, { size: 20 })).toEqual({ variants: [0, 1], differs: true });
  });

  it('is not called the same, nor different, where nothing tells', () => {
    expect(variantsOf({}, {})).toEqual({ variants: [undefined, undefined], differs: false });
    expect(variantsOf({ size: 10 }, { size: 10 })).toEqual({ variants: [0, undefined], differs: false });
    expect(variantsOf({ fingerprint: 'full:a', size: 10 }, { size: 10 }).differs).toBe(false);
  });

  it('differs where a run used none', () => {
    expect(variantsOf({ fingerprint: 'full:a' }, undefined)).toEqual({
      variants: [0, undefined],
      differs: true,
    });
  });

  it('says nothing of runs of which none was recorded', () => {
    const [row] = rowsOf(
      dataSections([{ dataUses: [use({ fingerprint: 'full:a' })] }, { dataUses: [] }, undefined]),
      'Loaded',
    );
    expect(row?.differs).toBe(false);
    expect(row?.values.slice(1)).toEqual([undefined, undefined]);
  });

  it('that was loaded and saved under one name is told apart', () => {
    const sections = dataSections([{ dataUses: [use({}), use({ saved: true })] }]);
    expect(sections.map(({ title }) => title)).toEqual(['Loaded', 'Saved']);
  });

  it('has names for as many variants as there may be', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(variantName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });

  it('is exported fact by fact', () => {
    const runs = [makeRun({ id: 'a' }), makeRun({ id: 'b' })];
    const record = dataSections([
      { dataUses: [use({ version: '1', size: 10 })] },
      { dataUses: [use({ size: 20 })] },
    ]);
    const lines = comparisonToCsv(runs, record, 'columns').split('\r\n');
    expect(lines).toContain('Loaded,,companies version,1,');
    expect(lines).toContain('Loaded,,companies size,10,20');
    expect(lines.some((line) => line.includes('fingerprint'))).toBe(false);
  });
});

const environment = (packages: Record<string, string>, python = '3.11.2') => ({
  environment: {
    python,
    implementation: 'CPython',
    platform: 'Linux',
    packages: Object.entries(packages).map(([name, version]) => ({
      name,
      version,
      source: name === 'own' ? 'editable install' : null,
    })),
  },
});

describe('the environments of runs', () => {
  const sections = environmentSections([
    environment({ kedro: '1.0.0', numpy: '2.0.0', own: '0.1' }),
    environment({ kedro: '1.1.0', pandas: '2.2.0', own: '0.1' }, '3.12.1'),
    { environment: null },
  ]);

  it('tell which packages were added, removed and changed', () => {
    expect(
      rowsOf(sections, 'Packages').map(({ label, differs, ...row }) => [label, differs, row.values]),
    ).toEqual([
      ['kedro', true, ['1.0.0', '1.1.0', undefined]],
      ['numpy', true, ['2.0.0', null, undefined]],
      ['own', false, ['0.1 (editable install)', '0.1 (editable install)', undefined]],
      ['pandas', true, [null, '2.2.0', undefined]],
    ]);
    expect(rowsOf(sections, 'Python and platform').map(({ label, differs }) => [label, differs])).toEqual([
      ['Python', true],
      ['Implementation', false],
      ['Platform', false],
    ]);
  });
});

describe('the configurations of runs', () => {
  it('are compared value by value', () => {
    const sections = configurationSections([
      {
        configuration: {
          run: { tags: ['a'] },
          catalog: { x: { type: 't', save_args: { sep: ',' } }, y: { type: 't' } },
        },
      },
      { configuration: { run: { tags: [] }, catalog: { x: { type: 't', save_args: { sep: ';' } } } } },
    ]);
    expect(rowsOf(sections, 'How it was started').map(({ label, values }) => [label, ...values])).toEqual([
      ['tags', '["a"]', '[]'],
    ]);
    const catalog = sections.find(({ title }) => title === 'Catalog');
    expect(
      catalog?.groups.map(({ dataset, rows }) => [
        dataset,
        rows.map(({ label, values }) => [label, ...values]),
      ]),
    ).toEqual([
      [
        'x',
        [
          ['save_args.sep', ',', ';'],
          ['type', 't', 't'],
        ],
      ],
      ['y', [['type', 't', null]]],
    ]);
  });

  it('may be something else than anybody expects', () => {
    expect(configurationSections([{ configuration: { run: 'x', catalog: [1, 2] } }, undefined])).toHaveLength(
      1,
    );
  });
});

const file = (path: string, hash: string | null, size = 1) => ({
  path,
  hash,
  size,
  redacted: false,
  problem: null,
});

describe('the code of two runs', () => {
  it('differs in files that were changed, added, removed and renamed', () => {
    const before = [file('same.py', 'a'), file('changed.py', 'b'), file('gone.py', 'c'), file('old.py', 'd')];
    const after = [file('same.py', 'a'), file('changed.py', 'B'), file('fresh.py', 'e'), file('new.py', 'd')];
    expect(compareFiles(before, after).map(({ path, kind }) => [path, kind])).toEqual([
      ['changed.py', 'changed'],
      ['fresh.py', 'added'],
      ['gone.py', 'removed'],
      ['new.py', 'renamed'],
      ['same.py', 'same'],
    ]);
  });

  it('is not known of files that were not kept', () => {
    const changes = compareFiles(
      [file('big', null, 5), file('grew', null, 5)],
      [file('big', 'x', 5), file('grew', null, 6)],
    );
    expect(changes.map(({ path, kind }) => [path, kind])).toEqual([
      ['grew', 'changed'],
      ['big', 'unknown'],
    ]);
  });

  it('is the same where the snapshot is', () => {
    const sources = new Map([
      ['1', 'x'],
      ['2', undefined],
      ['3', 'y'],
      ['4', 'x'],
    ]);
    expect(codeVersions(['1', '2', '3', '4'], (run) => sources.get(run))).toEqual([
      { source: 'x', runs: ['1', '4'] },
      { source: 'y', runs: ['3'] },
      { source: undefined, runs: ['2'] },
    ]);
  });
});

describe('the series of runs', () => {
  const logged = (name: string, last: number) => ({
    name,
    count: 3,
    min: 0,
    max: 1,
    lastStep: 2,
    last,
    direction: null,
  });
  const runs = [makeRun({ id: 'a' }), makeRun({ id: 'b' })];
  const curves = comparedCurves(runs, [
    {
      series: [logged('train/loss', 1), logged('lr', 0.1)],
      trackedJson: [{ dataset: 'history', json: '{"loss": [3, 2, 1]}' }],
    },
    { series: [logged('train/loss', 2), logged('lr', 0.1)], trackedJson: [] },
  ]);

  it('belong together by name, and differ where a run has another one or none', () => {
    expect(curves.map(({ id, curves: own, differs }) => [id, [...own.keys()], differs])).toEqual([
      ['train/loss', ['a', 'b'], true],
      ['lr', ['a', 'b'], false],
      ['json:history:loss', ['a'], true],
    ]);
  });

  it('stand in a table by one of their values', () => {
    const [section] = statRows(runs, [{ title: 'train', curves: curves.slice(0, 1) }], 'last');
    expect(section?.groups[0]?.rows.map(({ label, values }) => [label, ...values])).toEqual([['loss', 1, 2]]);
    const best = (direction: 'HIGHER' | 'LOWER' | null) => {
      const judged = curves.slice(0, 1).map((curve) => ({
        ...curve,
        curves: new Map([...curve.curves].map(([id, own]) => [id, { ...own, direction }])),
      }));
      return statRows(runs, [{ title: 'train', curves: judged }], 'best')[0]?.groups[0]?.rows[0]?.values;
    };
    expect([best('LOWER'), best('HIGHER'), best(null)]).toEqual([
      [0, 0],
      [1, 1],
      [null, null],
    ]);
  });
});

describe('the lines of the table', () => {
  const row = (label: string, differs: boolean): ComparisonRow => ({
    kind: 'text',
    key: label,
    label,
    differs,
    values: [],
  });
  const many = Array.from({ length: 30 }, (_, index) => row(`alike ${index}`, false));
  const sections = [
    { title: 'Packages', groups: [{ rows: [...many, row('other', true)] }], differencesFirst: true },
  ];
  const toggled = new Map<string, boolean>();
  const kinds = (options: Partial<Parameters<typeof toLines>[1]>) =>
    toLines(sections, { comparing: true, showAlike: false, toggled, ...options }).map((line) =>
      line.kind === 'row' ? line.row.label : line.kind,
    );

  it('begin with what differs, and hide what is the same where that is much', () => {
    expect(kinds({})).toEqual(['section', 'other', 'alike']);
    expect(kinds({ toggled: new Map([['Packages', true]]) })).toHaveLength(3 + 30);
  });

  it('hide nothing that is searched for, nor of a single run', () => {
    expect(kinds({ showAlike: true })).toHaveLength(3 + 30);
    expect(kinds({ comparing: false })).toHaveLength(1 + 31);
  });
});
