import { expect, it } from 'vitest';
import { toYaml } from './yaml.ts';

it('writes values in blocks, as people write configuration', () => {
  expect(
    toYaml({
      cars: { type: 'pandas.CSVDataset', filepath: 'data/01_raw/cars.csv', load_args: { sep: ',' } },
      split: { size: 0.2, seed: null, on: true },
      columns: ['a', ['b', 1], { c: [] }],
      none: {},
    }),
  ).toBe(`cars:
  type: pandas.CSVDataset
  filepath: data/01_raw/cars.csv
  load_args:
    sep: ","
split:
  size: 0.2
  seed: null
  "on": true
columns:
  - a
  -
    - b
    - 1
  -
    c: []
none: {}
`);
});

it.each([
  'yes',
  '1.5',
  '1e3',
  '',
  ' a',
  'a: b',
  '- a',
  '#',
  'a\nb',
  '{x}',
  '*x',
  '.inf',
  'a #b',
  '...',
  '2024-05-01',
])('quotes the text %j, which would be read as something else', (text) => {
  expect(toYaml(text)).toBe(`${JSON.stringify(text)}\n`);
});

it('writes single values', () => {
  expect(toYaml(3)).toBe('3\n');
  expect(toYaml([])).toBe('[]\n');
  expect(toYaml('plain text')).toBe('plain text\n');
});
