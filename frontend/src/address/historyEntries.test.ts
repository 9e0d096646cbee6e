import { expect, it } from 'vitest';
import { toHistoryEntry } from './historyEntries.ts';

it('makes an entry for what one goes back through', () => {
  expect(toHistoryEntry({ tab: 'metrics' }, undefined)).toEqual({ replace: false, changed: 'tab' });
  expect(toHistoryEntry({ sort: ['title'] }, 'sort')).toEqual({ replace: false, changed: 'sort' });
  expect(toHistoryEntry({ q: undefined, bookmarked: undefined }, 'q').replace).toBe(false);
});

it('makes none for widths, and for which runs are chosen', () => {
  expect(toHistoryEntry({ widths: ['title:200'] }, 'sort')).toEqual({ replace: true, changed: 'sort' });
  expect(toHistoryEntry({ selected: ['a'], compare: true }, undefined).replace).toBe(true);
});

it('makes one for many columns that are chosen one after the other', () => {
  const first = toHistoryEntry({ columns: ['title'] }, 'tab');
  expect(first.replace).toBe(false);
  const second = toHistoryEntry({ columns: ['title', 'started'] }, first.changed);
  expect(second.replace).toBe(true);
  expect(
    toHistoryEntry({ columns: ['title'] }, toHistoryEntry({ sort: ['title'] }, second.changed).changed)
      .replace,
  ).toBe(false);
});
