import { expect, it } from 'vitest';
import { runTable } from '../../data/runTable/runTable.ts';
import { formatMoment } from '../../formatting/time.ts';
import { textOf } from '../frame/chartTable.ts';
import { nameOfRow } from './chartedRunNames.ts';
import { runNameColumns } from './runNameColumns.ts';

const START = '2024-05-01T12:30:45.000Z';
const TABLE = runTable(
  ['2024-05-01T12.30.45.000Z', 'b', 'c'],
  ['2024-05-01T12.30.45.000Z', 'Deeper trees', 'c'],
  Float64Array.of(Date.parse(START), Date.parse(START), Number.NaN),
  [],
);

it('calls a run without a title by its start, and by its id where that is not known either', () => {
  expect([0, 1, 2].map((row) => nameOfRow(TABLE, row))).toEqual([formatMoment(START), 'Deeper trees', 'c']);
});

it('calls it so in tables, and keeps its id in files', () => {
  const [name] = runNameColumns(TABLE);
  if (name === undefined) throw new Error('There is no column.');
  expect([0, 1].map((row) => textOf(name, row))).toEqual([formatMoment(START), 'Deeper trees']);
  expect([0, 1].map((row) => name.value(row))).toEqual(['2024-05-01T12.30.45.000Z', 'Deeper trees']);
});
