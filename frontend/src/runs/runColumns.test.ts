import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  describeColumn,
  formatRunColumn,
  kindOfColumn,
  parseRunColumn,
  RUN_FIELDS,
  titleOfColumn,
} from './runColumns.ts';

const read = (text: string) => parseRunColumn(text) ?? expect.fail(`${text} names no column`);

describe('the name of a column', () => {
  it.each(['git.branch', 'metrics.evaluate.r2_score', 'params.a.b', 'params.metrics.x', 'metrics.params'])(
    '%s is read and written',
    (name) => {
      expect(formatRunColumn(read(name))).toBe(name);
    },
  );

  it.each(['', 'nothing', 'metrics', 'metrics.', 'params.', 'toString', '__proto__'])(
    '%j names none',
    (name) => {
      expect(parseRunColumn(name)).toBeUndefined();
    },
  );

  it('is the one that the server knows', () => {
    const source = readFileSync('../package/kedro_viz/analysis/run_columns.py', 'utf8');
    const known = [...source.matchAll(/RunField\("([\w.]+)", "([^"]+)", ColumnKind\.(\w+)/g)];
    expect(known.map(([, name]) => name)).toEqual(RUN_FIELDS);
    for (const [, name = '', title, kind = ''] of known) {
      expect(titleOfColumn(read(name))).toBe(title);
      expect(kindOfColumn(read(name))).toBe(kind.toLowerCase());
    }
  });
});

it('is told in words', () => {
  expect(describeColumn(read('metrics.evaluate.linear.r2_score'))).toBe('r2_score of evaluate.linear');
  expect(titleOfColumn(read('metrics.evaluate.linear.r2_score'))).toBe('r2_score');
  expect(titleOfColumn(read('params.model_options.test_size'))).toBe('test_size');
  expect(describeColumn(read('params.model_options.test_size'))).toBe('model_options.test_size');
});
