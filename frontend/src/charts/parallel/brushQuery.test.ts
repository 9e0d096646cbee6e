import { describe, expect, it } from 'vitest';
import { isExpression } from '../../query/index.ts';
import type { Brush } from './brushes.ts';
import { type BrushedKinds, joinQuery, toQuery } from './brushQuery.ts';
import { partQuery } from './partQuery.ts';

const R2 = 'metrics.evaluate.r2_score';

const kinds: BrushedKinds = new Map([
  [R2, 'number'],
  ['metrics.a "b" \\ c', 'number'],
  ['params.alpha', 'number'],
  ['params.model_options.kind', 'text'],
  ['params.class.a-b', 'text'],
  ['params.shuffle', 'boolean'],
  ['duration', 'number'],
  ['started', 'time'],
  ['git.branch', 'text'],
]);

const none = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function range(ends: Partial<Extract<Brush, { kind: 'range' }>>): Brush {
  return { kind: 'range', ...none, ...ends };
}

describe('brushes as a query', () => {
  it('are conditions that the query language has', () => {
    const brushes = new Map<string, Brush>([
      [R2, range({ low: 0.1, high: 0.9 })],
      ['params.alpha', range({ high: -1e-7, highOpen: true })],
      ['params.model_options.kind', { kind: 'labels', labels: ['tree', 'r"idge'] }],
      ['params.class.a-b', { kind: 'labels', labels: ['x'] }],
      ['params.shuffle', { kind: 'labels', labels: ['true'] }],
      ['started', range({ low: Date.UTC(2024, 4, 1) })],
    ]);
    expect(toQuery(brushes, kinds).split(' and ')).toEqual([
      'metrics["evaluate.r2_score"] >= 0.1',
      'metrics["evaluate.r2_score"] <= 0.9',
      'params.alpha < -1e-7',
      'params.model_options.kind in ["tree", "r\\"idge"]',
      'params["class.a-b"] == "x"',
      'params.shuffle == True',
      'started >= "2024-05-01T00:00:00.000Z"',
    ]);
  });

  it('come back as they were', () => {
    const brushes = new Map<string, Brush>([
      [R2, range({ low: 0.1, high: 0.9, lowOpen: true })],
      ['metrics.a "b" \\ c', range({ low: 5, high: 5 })],
      ['params.model_options.kind', { kind: 'labels', labels: ['tree', 'a\nb', "it's", ''] }],
      ['params.shuffle', { kind: 'labels', labels: ['false'] }],
      ['started', range({ low: 1_714_521_600_000, high: 1_714_521_700_500 })],
    ]);
    expect(partQuery(toQuery(brushes, kinds), kinds)).toEqual({ brushes, rest: [] });
  });
});

describe('a query', () => {
  it('gives what can be brushes and keeps the rest as it is', () => {
    const query =
      'metrics["evaluate.r2_score"] > 0.8 and params.model_options.kind == \'tree\' and git.branch in ["main"] ' +
      'and "shuttle" in notes and not bookmarked';
    const { brushes, rest } = partQuery(query, kinds);
    expect([...brushes]).toEqual([
      [R2, range({ low: 0.8, lowOpen: true })],
      ['params.model_options.kind', { kind: 'labels', labels: ['tree'] }],
      ['git.branch', { kind: 'labels', labels: ['main'] }],
    ]);
    expect(rest).toEqual(['"shuttle" in notes', 'not bookmarked']);
    expect(joinQuery(rest, toQuery(brushes, kinds))).toBe(
      '"shuttle" in notes and not bookmarked and metrics["evaluate.r2_score"] > 0.8 and ' +
        'params.model_options.kind == "tree" and git.branch == "main"',
    );
  });

  it('may name the number first, or a range at once', () => {
    expect([...partQuery('0.1 <= metrics.evaluate.r2_score < 0.5', kinds).brushes]).toEqual([
      [R2, range({ low: 0.1, high: 0.5, highOpen: true })],
    ]);
    expect([...partQuery('60 > duration', kinds).brushes]).toEqual([
      ['duration', range({ high: 60, highOpen: true })],
    ]);
  });

  it('narrows a column by all that is said of it', () => {
    const query = 'duration > 1 and duration >= 2 and duration <= 9 and duration < 9';
    expect([...partQuery(query, kinds).brushes]).toEqual([
      ['duration', range({ low: 2, high: 9, highOpen: true })],
    ]);
  });

  it('has brushes of several labels of a field of runs', () => {
    const query = 'git.branch in ["main", "dev"]';
    expect(partQuery(query, kinds)).toEqual({
      brushes: new Map([['git.branch', { kind: 'labels', labels: ['main', 'dev'] }]]),
      rest: [],
    });
    expect(toQuery(partQuery(query, kinds).brushes, kinds)).toBe(query);
  });

  it('stays whole where it is joined by or', () => {
    expect(partQuery('duration > 1 or bookmarked', kinds)).toEqual({
      brushes: new Map(),
      rest: ['(duration > 1 or bookmarked)'],
    });
    expect(partQuery('(duration > 1 or bookmarked) and params.alpha == 2', kinds)).toEqual({
      brushes: new Map([['params.alpha', range({ low: 2, high: 2 })]]),
      rest: ['(duration > 1 or bookmarked)'],
    });
  });

  it('keeps what is no range of an axis', () => {
    for (const query of [
      'metrics.other > 1',
      'params.alpha != 3',
      'params.alpha > params.beta',
      'started > "7 days ago"',
      'params.model_options.kind not in ["tree"]',
      'params.model_options.kind in ["tree", 3]',
      'git.branch.startswith("feature/")',
      'params.alpha in [1, 2]',
      'duration >',
      'duration > 1 > 2 and',
    ]) {
      expect(partQuery(query, kinds).brushes.size).toBe(0);
    }
  });

  it('of words is left whole', () => {
    expect(isExpression('shuttle and more')).toBe(false);
    expect(partQuery('shuttle and more', kinds)).toEqual({ brushes: new Map(), rest: ['shuttle and more'] });
  });
});
