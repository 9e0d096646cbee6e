import { expect, it, vi } from 'vitest';
import { FocusStore } from './focusStore.ts';
import { neighboursOf } from './graph.ts';

function storeOf(): FocusStore {
  const store = new FocusStore();
  const edges = [
    { source: 'a', target: 'b' },
    { source: 'b', target: 'c' },
  ];
  store.update({ neighbours: neighboursOf(edges) });
  return store;
}

it('lets the selected node and its neighbours stand out', () => {
  const store = storeOf();
  expect(store.ofNode('a')).toBe('plain');
  store.update({ selected: 'a' });
  expect(['a', 'b', 'c'].map((id) => store.ofNode(id))).toEqual(['focus', 'near', 'plain']);
  expect(store.ofEdge('a', 'b')).toBe('near');
  expect(store.ofEdge('b', 'c')).toBe('plain');
});

it('prefers the node under the pointer, and returns to the selected one', () => {
  const store = storeOf();
  store.update({ selected: 'a' });
  store.update({ hovered: 'c' });
  expect(store.ofNode('c')).toBe('focus');
  expect(store.ofNode('a')).toBe('plain');
  store.update({ hovered: null });
  expect(store.ofNode('a')).toBe('focus');
});

it('tells its listeners until they leave', () => {
  const store = storeOf();
  const listener = vi.fn();
  const leave = store.subscribe(listener);
  store.update({ hovered: 'a' });
  leave();
  store.update({ hovered: 'b' });
  expect(listener).toHaveBeenCalledTimes(1);
});
