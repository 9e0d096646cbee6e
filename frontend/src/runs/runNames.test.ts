import { expect, it } from 'vitest';
import { nameOfRun, namesOf } from './runNames.ts';

const at = (time: string) => ({ id: time, title: time, startedAt: time });

it('A run is called by its title, or else by when it started, to the second', () => {
  expect(nameOfRun({ ...at('2024-05-01T12:30:45'), title: 'Deeper trees' })).toBe('Deeper trees');
  const [one, other] = [nameOfRun(at('2024-05-01T12:30:45')), nameOfRun(at('2024-05-01T12:30:46'))];
  expect(one).toBe('1 May 2024, 12:30:45');
  expect(other).not.toBe(one);
});

it('A run of which it is not known when it started is called by its id', () => {
  expect(nameOfRun({ id: 'a', title: 'a', startedAt: null })).toBe('a');
});

it('Of many runs the first few are named', () => {
  const runs = ['a', 'b', 'c', 'd'].map((title) => ({ ...at('2024-05-01T12:30:45'), title }));
  expect(namesOf(runs)).toBe('a, b, c …');
  expect(namesOf([at('2024-05-01T12:30:45'), ...runs.slice(0, 1)])).toBe('1 May 2024, 12:30:45; a');
});
