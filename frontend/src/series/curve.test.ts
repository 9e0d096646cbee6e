import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../formatting/scalars.ts';
import { findCurves, groupCurves, loggedCurve, toPoints } from './curve.ts';
import { jsonCurves } from './jsonCurves.ts';

const logged = (name: string) =>
  loggedCurve({ name, count: 3, min: 1, max: 3, lastStep: 2, last: 3, direction: null });

describe('curves', () => {
  it('are grouped by what their names begin with, those of JSON last', () => {
    const curves = [
      ...jsonCurves([{ dataset: 'history', json: '{"a": [1, 2, 3]}' }]),
      ...['val/loss', 'train/loss 10', 'train/loss 9', 'train/rate', 'rate', 'val/rate'].map(logged),
    ];
    expect(
      groupCurves(curves).map(({ group, curves: members }) => [
        group.title,
        ...members.map((m) => m.shortName),
      ]),
    ).toEqual([
      ['', 'rate', 'val/loss', 'val/rate'],
      ['train', 'loss 9', 'loss 10', 'rate'],
      ['history', 'a'],
    ]);
  });

  it('with a slash at an end are not of a group', () => {
    expect(logged('/loss').group.title).toBe('');
    expect(logged('loss/').shortName).toBe('loss/');
  });

  it('are found by any words of their names', () => {
    const curves = ['train/loss', 'val/loss', 'val/accuracy'].map(logged);
    expect(findCurves(curves, ' LOSS val ').map(({ name }) => name)).toEqual(['val/loss']);
    expect(findCurves(curves, undefined)).toHaveLength(3);
    expect(findCurves(curves, 'none')).toEqual([]);
  });

  it('have gaps where a value is no finite number', () => {
    const { values } = toPoints({ steps: [0, 1, 2, 3], values: [1, 'NaN', 'Infinity', null], times: [] });
    expect([...values]).toEqual([1, Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('curves in tracked JSON', () => {
  const names = (data: JsonValue) =>
    jsonCurves([{ dataset: 'history', json: JSON.stringify(data) }]).map(({ name }) => name);

  it('are its lists of numbers, named by the way to them', () => {
    expect(names({ fit: { loss: [3, 2, 1], note: 'x' }, accuracy: [0, 0.5, null] })).toEqual([
      'fit.loss',
      'accuracy',
    ]);
    expect(names([1, 2, 3])).toEqual(['history']);
  });

  it('are neither pairs, nor tables, nor lists with text', () => {
    expect(names({ pair: [1, 2], table: [[1, 2, 3]], words: ['a', 'b', 'c'], mixed: [1, 2, 'x'] })).toEqual(
      [],
    );
    expect(names(null)).toEqual([]);
  });

  it('tell their last, lowest and highest', () => {
    const [curve] = jsonCurves([{ dataset: 'history', json: '{"loss": [3, 1, NaN, 2]}' }]);
    expect(curve).toMatchObject({ count: 4, last: 2, lastStep: 3, min: 1, max: 3, id: 'history:loss' });
    expect([...(curve?.points?.values ?? [])]).toEqual([3, 1, Number.NaN, 2]);
  });

  it('are bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`c${index}`, [1, 2, 3]]));
    expect(names(many)).toHaveLength(500);
  });
});
