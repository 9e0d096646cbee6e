import { expect, it, vi } from 'vitest';
import { RunMatches, type WordMatch } from './RunMatches.ts';

const match = (runId: string): WordMatch => ({ word: 'crew', field: 'notes', text: runId });

/** Matches whose questions are answered when the test says so. */
function makeMatches() {
  const asked: { runIds: string[]; answer: (found?: WordMatch[][]) => void; fail: () => void }[] = [];
  const matches = new RunMatches(
    (runIds) =>
      new Promise((resolve, reject) => {
        const answer = (found = runIds.map((id) => [match(id)])) => resolve(found);
        asked.push({ runIds, answer, fail: () => reject(new Error('away')) });
      }),
  );
  const told = vi.fn();
  const leave = matches.subscribe(told);
  return { matches, asked, told, leave };
}

it('asks for what is in view, and next for what came into view meanwhile', async () => {
  const { matches, asked, told } = makeMatches();
  matches.view(['a', 'b']);
  matches.view(['b', 'c']);
  matches.view(['c', 'd', 'b']);
  expect(asked.map(({ runIds }) => runIds)).toEqual([['a', 'b']]);
  asked[0]?.answer();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]?.runIds).toEqual(['c', 'd']);
  expect(told).toHaveBeenCalledTimes(1);
  expect(matches.of('b')).toEqual([match('b')]);
  expect(matches.of('c')).toBeUndefined();
});

it('keeps what it told until a refresh tells otherwise', async () => {
  const { matches, asked } = makeMatches();
  matches.view(['a', 'b']);
  asked[0]?.answer();
  await vi.waitFor(() => expect(matches.of('a')).toBeDefined());
  const before = matches.of('a');
  matches.refresh();
  expect(matches.of('b')).toEqual([match('b')]);
  asked[1]?.answer([[match('a')], []]);
  await vi.waitFor(() => expect(matches.of('b')).toEqual([]));
  expect(matches.of('a')).toBe(before);
});

it('tries again with the next view where there was no answer, and stops when nobody looks', async () => {
  const { matches, asked, leave } = makeMatches();
  matches.view(['a']);
  asked[0]?.fail();
  await vi.waitFor(() => {
    matches.view(['a']);
    expect(asked).toHaveLength(2);
  });
  leave();
  asked[1]?.answer();
  await Promise.resolve();
  expect(matches.of('a')).toBeUndefined();
});
