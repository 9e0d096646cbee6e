import { describe, expect, it } from 'vitest';
import { buildComparison } from './buildComparison.ts';
import { comparisonToCsv } from './comparisonCsv.ts';
import { flattenJson } from './json/flattenJson.ts';
import { jsonSections, jsonTrees } from './json/jsonSections.ts';
import { makeRun } from './makeRun.ts';
import { findRows, onlyChanges } from './table/comparisonRows.ts';

const metric = (key: string, value: number) => ({ id: `metrics.${key}`, dataset: 'metrics', key, value });
const json = (data: object | null, problem: string | null = null) => ({
  trackedJson: [{ dataset: 'columns', json: JSON.stringify(data), problem }],
});

describe('nested JSON', () => {
  it('becomes one level', () => {
    expect([...flattenJson({ a: { b: 1, c: [1, 2] }, d: [{ e: null }], f: {} })]).toEqual([
      ['a.b', 1],
      ['a.c', [1, 2]],
      ['d[0].e', null],
      ['f', {}],
    ]);
  });

  it('may be a plain value', () => {
    expect([...flattenJson(3)]).toEqual([['', 3]]);
  });

  it('is cut where it is very deep', () => {
    let deep: ReturnType<typeof JSON.parse> = 1;
    for (let depth = 0; depth < 100; depth += 1) deep = { a: deep };
    const [path] = [...flattenJson(deep).keys()];
    expect(path?.split('.').length).toBe(20);
  });
});

describe('a comparison', () => {
  const runs = [
    makeRun({
      id: 'a',
      author: 'ana',
      metrics: [metric('r2', 0.5), metric('mae', 1)],
      parameters: [
        { name: 'z', json: '1' },
        { name: 'a', json: '"x"' },
      ],
    }),
    makeRun({
      id: 'b',
      author: 'ana',
      metrics: [metric('r2', 0.6)],
      parameters: [{ name: 'z', json: '1' }],
    }),
  ];
  const rowsOf = (title: string, sections = buildComparison(runs)) =>
    sections
      .find((section) => section.title === title)
      ?.groups.flatMap((group) => group.rows.map((row) => [row.label, ...row.values]));

  it('has a value for every run, or a gap', () => {
    expect(rowsOf('Metrics')).toEqual([
      ['r2', 0.5, 0.6],
      ['mae', 1, null],
    ]);
    expect(rowsOf('Parameters')).toEqual([
      ['a', 'x', null],
      ['z', '1', '1'],
    ]);
  });

  it('tells values of different types apart, and a value that is null from one that is missing', () => {
    const given = [1, '1', true, 'true', null, 'null', '', [], undefined];
    const values = given.map((value) =>
      makeRun({
        parameters: [
          { name: 'other', json: '0' },
          ...(value === undefined ? [] : [{ name: 'p', json: JSON.stringify(value) }]),
        ],
      }),
    );
    expect(rowsOf('Parameters', buildComparison(values))?.find(([label]) => label === 'p')).toEqual([
      'p',
      ...['1', '"1"', 'true', '"true"', 'null', '"null"', '', '[]', null],
    ]);
  });

  it('says nothing of the parameters of runs that recorded none', () => {
    const old = makeRun({ id: 'old' });
    const sections = buildComparison([...runs.slice(1), old]);
    expect(rowsOf('Parameters', sections)).toEqual([['z', '1', undefined]]);
    expect(rowsOf('Parameters', onlyChanges(sections))).toBeUndefined();
  });

  it('finds rows by the words of their names', () => {
    expect(rowsOf('Metrics', findRows(buildComparison(runs), 'METRICS r2'))?.map(([label]) => label)).toEqual(
      ['r2'],
    );
    expect(findRows(buildComparison(runs), 'nothing of that')).toEqual([]);
  });

  it('shows only what differs when asked to', () => {
    const changes = onlyChanges(buildComparison(runs));
    expect(rowsOf('Parameters', changes)).toEqual([['a', 'x', null]]);
    expect(rowsOf('Run', changes)).toBeUndefined();
  });

  it('leaves out properties that no run has', () => {
    expect(rowsOf('Run')?.map(([label]) => label)).toEqual(['Status', 'Started', 'Duration', 'Author']);
  });

  it('is exported with one column a run, or one row a run', () => {
    const sections = buildComparison(runs);
    const columns = comparisonToCsv(runs, sections, 'columns').split('\r\n');
    expect(columns[0]).toBe('section,dataset,name,a,b');
    expect(columns).toContain('Metrics,metrics,mae,1,');
    expect(columns).toContain('Run,,Duration (seconds),60,60');
    const rows = comparisonToCsv(runs, sections, 'rows').split('\r\n');
    expect(rows[0]).toMatch(/^run,Title,metrics.metrics.r2,metrics.metrics.mae,params.a,params.z,Status/);
    expect(rows[1]).toMatch(/^a,A run,0.5,1,x,1,/);
    expect(rows[2]).toMatch(/^b,A run,0.6,,,1,/);
  });
});

describe('tracked JSON as a flat table', () => {
  it('has a row for each value', () => {
    const sections = jsonSections(
      jsonTrees([json({ n: 1, same: true }), json({ n: 2, same: true }), undefined]),
    );
    const [group] = onlyChanges(sections)[0]?.groups ?? [];
    expect(group?.rows.map(({ label, values }) => [label, ...values])).toEqual([
      ['n', '1', '2', null],
      ['same', 'true', 'true', null],
    ]);
  });

  it('shows why a file could not be read in place of its data', () => {
    const [section] = jsonSections(jsonTrees([json(null, 'Not JSON.')]));
    expect(section?.groups[0]?.rows.map(({ label, values }) => [label, ...values])).toEqual([
      ['value', 'Not JSON.'],
    ]);
  });
});
