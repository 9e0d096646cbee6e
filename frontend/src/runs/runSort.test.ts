import { describe, expect, it } from 'vitest';
import { nextSort, readSort, sortKeys } from './runSort.ts';

describe('a sort', () => {
  it('names columns and directions, the most important first', () => {
    expect(sortKeys(readSort('-metrics.m.r2,title'))).toEqual([
      { column: 'metrics.m.r2', direction: 'DESC' },
      { column: 'title', direction: 'ASC' },
    ]);
    expect(sortKeys(undefined)).toEqual([{ column: 'started', direction: 'DESC' }]);
  });

  it('changes direction with each click on a column', () => {
    expect(nextSort(undefined, 'title')).toEqual(['title']);
    expect(nextSort(['title'], 'title')).toEqual(['-title']);
    expect(nextSort(['-title'], 'title')).toEqual(['title']);
    expect(nextSort(['title'], 'metrics.m.r2')).toEqual(['-metrics.m.r2']);
    expect(nextSort(['-metrics.m.r2'], 'metrics.m.r2')).toEqual(['metrics.m.r2']);
    expect(nextSort(undefined, 'started')).toEqual(['started']);
  });

  it('begins with the best where that is known', () => {
    expect(nextSort(undefined, 'metrics.m.mae', { better: 'LOWER' })).toEqual(['metrics.m.mae']);
    expect(nextSort(['metrics.m.mae'], 'metrics.m.mae', { better: 'LOWER' })).toEqual(['-metrics.m.mae']);
    expect(nextSort(undefined, 'metrics.m.r2', { better: 'HIGHER' })).toEqual(['-metrics.m.r2']);
    expect(nextSort(['title'], 'metrics.m.mae', { add: true, better: 'LOWER' })).toEqual([
      'title',
      'metrics.m.mae',
    ]);
  });

  it('takes a column in, turns it round and lets it go with shift', () => {
    const add = { add: true };
    expect(nextSort(['title'], 'duration', add)).toEqual(['title', '-duration']);
    expect(nextSort(['title', '-duration'], 'duration', add)).toEqual(['title', 'duration']);
    expect(nextSort(['title', 'duration'], 'duration', add)).toEqual(['title']);
    expect(nextSort(undefined, 'author', add)).toEqual(['-started', 'author']);
    expect(nextSort(['title', '-duration'], 'author')).toEqual(['author']);
  });

  it('leaves the address empty in the default order', () => {
    expect(nextSort(['started'], 'started')).toBeUndefined();
    expect(nextSort(['-title'], 'title', { add: true })).toBeUndefined();
  });
});
