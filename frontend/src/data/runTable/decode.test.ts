import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MalformedTableError } from './blocks.ts';
import { decodeRunTable } from './decode.ts';
import type { RunTable } from './runTable.ts';

// Written by the server's encoder: `python -m tests.api.encoded_table`.
const ENCODED = new Uint8Array(readFileSync('src/data/runTable/testing/table.bin'));

const decode = (bytes: Uint8Array) => decodeRunTable(bytes.slice().buffer);

function valuesOf(table: RunTable, name: string): number[] {
  const column = table.columns.get(name);
  if (column?.kind !== 'number') throw new Error(`${name} is no column of numbers`);
  return [...column.values];
}

/** The same bytes with another header. */
function withHeader(change: (header: Record<string, unknown>) => unknown): Uint8Array {
  const length = new DataView(ENCODED.buffer, ENCODED.byteOffset).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(ENCODED.subarray(8, 8 + length)));
  const changed = new TextEncoder().encode(JSON.stringify(change(header) ?? header));
  const bytes = new Uint8Array(8 + changed.length + ENCODED.length - 8 - length);
  bytes.set(ENCODED.subarray(0, 4));
  new DataView(bytes.buffer).setUint32(4, changed.length, true);
  bytes.set(changed, 8);
  bytes.set(ENCODED.subarray(8 + length), 8 + changed.length);
  return bytes;
}

describe('decodeRunTable', () => {
  const table = decode(ENCODED);

  it('reads runs, their titles and their starts', () => {
    expect(table.runIds).toEqual([0, 1, 2, 3, 4].map((minute) => `2024-01-01T00.0${minute}.00.000Z`));
    expect(table.titles).toEqual([
      table.runIds[0],
      'Größer 🚀',
      table.runIds[2],
      '</script>',
      table.runIds[4],
    ]);
    const start = Date.UTC(2024, 0, 1);
    expect([...table.startedAt]).toEqual([
      Number.NaN,
      start + 60_123,
      start + 120_000,
      Number.NaN,
      start + 119_999,
    ]);
    expect(table.rowOf.get('2024-01-01T00.03.00.000Z')).toBe(3);
  });

  it('reads numbers with the digits that were written', () => {
    const none = Number.NaN;
    expect(valuesOf(table, 'metrics.short')).toEqual([0.834512, -0.1, none, 1e-7, 12.5]);
    expect(valuesOf(table, 'metrics.whole')).toEqual([0, 16_777_215, -3, 7, none]);
    expect(valuesOf(table, 'metrics.near')).toEqual([
      1_000_000.0001,
      1_000_000.0002,
      1_000_000.0003,
      none,
      1_000_000.5,
    ]);
    expect(valuesOf(table, 'metrics.huge')).toEqual([1e300, -1e300, 5e-324, 0, 2 ** 53]);
    expect(valuesOf(table, 'metrics.tiny')).toEqual([1.5e-30, 2.25e-31, 3e30, -4.5e25, 1]);
    expect(valuesOf(table, 'params.rate')).toEqual([0.1, 0.30000000000000004, 1e-3, none, 123456789.123]);
  });

  it('tells the range of what is finite', () => {
    expect(valuesOf(table, 'metrics.infinite')).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      0.5,
      0.25,
      Number.NaN,
    ]);
    expect(table.columns.get('metrics.infinite')).toMatchObject({ min: 0.25, max: 0.5 });
    expect(table.columns.get('metrics.empty')).toMatchObject({ min: Number.NaN, max: Number.NaN });
  });

  it('tells NaN from none', () => {
    expect(valuesOf(table, 'metrics.untold')).toEqual([Number.NaN, 1, Number.NaN, 2, Number.NaN]);
    expect(table.columns.get('metrics.untold')).toMatchObject({ notNumbers: Uint32Array.of(0, 4) });
    expect(table.columns.get('metrics.short')).toMatchObject({ notNumbers: new Uint32Array() });
  });

  it('has the digits of whole numbers that numbers cannot hold', () => {
    expect(table.columns.get('params.seed')).toMatchObject({
      wholeNumbers: new Map([
        [1, '9007199254740993'],
        [4, '-1000000000000000000000000000000'],
      ]),
    });
    expect(table.columns.get('metrics.short')).toMatchObject({ wholeNumbers: new Map() });
  });

  it('reads categories', () => {
    expect(table.columns.get('params.__proto__')).toEqual({
      kind: 'category',
      name: 'params.__proto__',
      codes: Int32Array.of(0, 1, -1, 2, 0),
      labels: ['a\0b', '', 'true'],
      leftOut: 0,
    });
    expect(table.columns.get('git.branch')).toMatchObject({
      codes: Int32Array.of(0, 1, 299, -1, 150),
      leftOut: 7,
    });
  });
});

describe('decodeRunTable on other bytes', () => {
  it('refuses every shorter answer', () => {
    for (let length = 0; length < ENCODED.length; length += 1) {
      expect(() => decode(ENCODED.subarray(0, length))).toThrow(MalformedTableError);
    }
  });

  it.each<[string, (header: Record<string, unknown>) => unknown]>([
    ['no object', () => 1],
    ['null', () => 'null'],
    ['another version', (header) => ({ ...header, version: 2 })],
    ['more runs', (header) => ({ ...header, runs: 6 })],
    ['runs without number', (header) => ({ ...header, runs: -1 })],
    ['as many runs as there are not', (header) => ({ ...header, runs: 2 ** 40 })],
    ['texts for ids', (header) => ({ ...header, ids: { texts: ['a'] } })],
    ['no ids', (header) => ({ ...header, ids: null })],
    ['a title elsewhere', (header) => ({ ...header, titles: { places: header.started, texts: [] } })],
    ['a column without a name', (header) => ({ ...header, columns: [{ kind: 'number' }] })],
    ['no column', (header) => ({ ...header, columns: [null] })],
    ['a column of another kind', (header) => ({ ...header, columns: [{ name: 'a', kind: 'tree' }] })],
    [
      'a block of no type',
      (header) => ({
        ...header,
        columns: [{ name: 'a', kind: 'number', values: { type: 'toString', start: 0, count: 5 } }],
      }),
    ],
    [
      'a block beyond the end',
      (header) => ({
        ...header,
        columns: [{ name: 'a', kind: 'number', values: { type: 'float64', start: 1e9, count: 5 } }],
      }),
    ],
    [
      'codes without labels',
      (header) => ({
        ...header,
        columns: [{ name: 'a', kind: 'category', labels: [], codes: { type: 'int8', start: 0, count: 5 } }],
      }),
    ],
  ])('refuses %s', (_, change) => {
    expect(() => decode(withHeader(change))).toThrow(MalformedTableError);
  });

  it('keeps to the header that is there', () => {
    expect(decode(withHeader((header) => header)).runIds).toHaveLength(5);
  });
});
