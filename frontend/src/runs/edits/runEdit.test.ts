import { expect, it } from 'vitest';
import { type EditableRun, inverseEdits, tellEdit, withEdit } from './runEdit.ts';

const runOf = (id: string, part: Partial<EditableRun> = {}): EditableRun => ({
  id,
  title: id,
  startedAt: null,
  notes: '',
  bookmark: false,
  archived: false,
  tags: [],
  ...part,
});

it('an edit changes what it names, and nothing else', () => {
  const run = runOf('a', { tags: ['x', 'y'], notes: 'kept' });
  expect(withEdit(run, { title: ' New ', addTags: ['b'], removeTags: ['y'] })).toEqual({
    ...run,
    title: 'New',
    tags: ['b', 'x'],
  });
  expect(withEdit(run, { title: '' }).title).toBe('a');
});

it('an edit of many runs is taken back for those that it changed, each to what it was', () => {
  const before = [runOf('a', { tags: ['x'] }), runOf('b'), runOf('c'), runOf('d', { archived: true })];
  expect(inverseEdits(before, { addTags: ['x'], archived: true })).toEqual([
    { runIds: ['a'], edit: { archived: false } },
    { runIds: ['b', 'c'], edit: { archived: false, removeTags: ['x'] } },
    { runIds: ['d'], edit: { removeTags: ['x'] } },
  ]);
  expect(inverseEdits([runOf('a', { bookmark: true })], { bookmark: true })).toEqual([]);
});

it('one spelling of a tag is as good as another', () => {
  const run = runOf('a', { tags: ['baseline'] });
  expect(withEdit(run, { addTags: ['Baseline'] }).tags).toEqual(['baseline']);
  expect(withEdit(run, { removeTags: ['Baseline'] }).tags).toEqual([]);
  expect(inverseEdits([run], { addTags: ['Baseline'] })).toEqual([]);
});

it('an edit is told in words', () => {
  expect(tellEdit('3 runs', { archived: true })).toBe('3 runs archived');
  expect(tellEdit('“a”', { addTags: ['x', 'y'] })).toBe('“a” tagged x, y');
  expect(tellEdit('“a”', { removeTags: ['x'] })).toBe('“a” no longer tagged x');
});
