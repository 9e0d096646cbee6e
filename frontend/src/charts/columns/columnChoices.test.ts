import { expect, test } from 'vitest';
import { bestPosition, choiceLines, findColumns, nextPosition } from './columnChoices.ts';

const CHOICES = [
  { name: 'started', label: 'Started', group: 'Run' },
  { name: 'metrics.evaluate.r2', label: 'r2', group: 'Metrics of evaluate' },
  { name: 'metrics.evaluate.mae', label: 'mae', group: 'Metrics of evaluate' },
  { name: 'params.model.depth', label: 'model.depth', group: 'Parameters' },
];

test('a search finds the columns that have all its words in their name or group', () => {
  expect(findColumns(CHOICES, ' EVAL mae').map(({ label }) => label)).toEqual(['mae']);
  expect(findColumns(CHOICES, 'parameters').map(({ label }) => label)).toEqual(['model.depth']);
  expect(findColumns(CHOICES, '')).toBe(CHOICES);
  expect(findColumns(CHOICES, 'nothing')).toEqual([]);
});

test('columns stand under the headings of their groups, and only they are numbered', () => {
  const lines = choiceLines(CHOICES, 'One colour');
  expect(lines.map((line) => ('position' in line ? line.position : line.group))).toEqual([
    0,
    'Run',
    1,
    'Metrics of evaluate',
    2,
    3,
    'Parameters',
    4,
  ]);
  expect(choiceLines(CHOICES, undefined)[0]).toEqual({ kind: 'group', group: 'Run' });
});

test('a search means a column by its own name before that of its group', () => {
  const lines = choiceLines(findColumns(CHOICES, 'ev'), undefined);
  expect([bestPosition(lines, 'mae'), bestPosition(lines, 'R'), bestPosition(lines, 'ev')]).toEqual([
    1, 0, 0,
  ]);
});

test('arrows go round, pages stop at the ends', () => {
  expect(nextPosition('ArrowDown', 2, 3)).toBe(0);
  expect(nextPosition('ArrowUp', 0, 3)).toBe(2);
  expect(nextPosition('PageDown', 1, 5)).toBe(4);
  expect(nextPosition('PageUp', 1, 5)).toBe(0);
  expect(nextPosition('a', 1, 5)).toBeUndefined();
  expect(nextPosition('ArrowDown', 0, 0)).toBeUndefined();
});
