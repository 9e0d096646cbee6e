import { expect, it } from 'vitest';
import { LoadingSlots } from './loadingSlots.ts';

function record(limit: number) {
  const slots = new LoadingSlots(limit);
  const started: string[] = [];
  const ask = (name: string, urgent = false) => slots.request(urgent, () => started.push(name));
  return { started, ask };
}

it('starts no more than the limit, the others in order as slots come free', () => {
  const { started, ask } = record(2);
  const [a, b] = ['a', 'b', 'c', 'd'].map((name) => ask(name));
  expect(started).toEqual(['a', 'b']);
  b?.();
  expect(started).toEqual(['a', 'b', 'c']);
  a?.();
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

it('starts what is urgent before what has waited longer', () => {
  const { started, ask } = record(1);
  const a = ask('a');
  ask('b');
  ask('large', true);
  a();
  expect(started).toEqual(['a', 'large']);
});

it('forgets a request that is withdrawn, and a slot that is given back twice counts once', () => {
  const { started, ask } = record(1);
  const a = ask('a');
  const b = ask('b');
  ask('c');
  ask('d');
  b();
  a();
  a();
  expect(started).toEqual(['a', 'c']);
});
