import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryDraft } from './queryDraft.ts';
import type { QueryHelp } from './queryHelp.ts';

const FINE: QueryHelp = { isExpression: false, problem: undefined, suggestions: [] };
const WRONG: QueryHelp = {
  isExpression: true,
  problem: { message: 'There is no field r3.', from: 0, to: 2 },
  suggestions: [],
};

/** Names a metric, in place of what is typed of it. */
function suggest(typed: string): QueryHelp {
  const metric = { kind: 'METRIC' as const, detail: undefined, from: 0, to: typed.length };
  const text = 'metrics["evaluate.r2_score"] ';
  return { ...FINE, suggestions: [{ ...metric, text, label: text }] };
}

function makeDraft(applied?: string) {
  const ask = vi.fn(async (text: string, _position: number, _signal: AbortSignal) =>
    text.includes('r3') ? WRONG : /^(met|r2)/.test(text) ? suggest(text) : FINE,
  );
  const apply = vi.fn();
  const remember = vi.fn();
  return { draft: new QueryDraft(applied, { ask, apply, remember }), ask, apply, remember };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a query that is typed', () => {
  it('is applied after a pause, without the spaces around it', async () => {
    const { draft, apply, ask } = makeDraft();
    draft.type('mai');
    draft.type(' main ');
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(apply.mock.calls).toEqual([['main', true]]);
    expect(draft.snapshot.text).toBe(' main ');
  });

  it('is one entry in the history for what is typed in one go', async () => {
    const { draft, apply } = makeDraft();
    for (const text of ['m', 'ma', '']) {
      draft.type(text);
      await vi.runAllTimersAsync();
    }
    draft.leave();
    draft.type('x');
    await vi.runAllTimersAsync();
    expect(apply.mock.calls).toEqual([
      ['m', true],
      ['ma', false],
      [undefined, false],
      ['x', true],
    ]);
  });

  it('is applied at once with Enter, and remembered', async () => {
    const { draft, apply, remember } = makeDraft();
    draft.type('main');
    await draft.submit();
    expect(apply.mock.calls).toEqual([['main', true]]);
    expect(remember.mock.calls).toEqual([['main']]);
    await vi.runAllTimersAsync();
    expect(apply).toHaveBeenCalledTimes(1);
  });

  it('is another step after Enter, however soon one types on', async () => {
    const { draft, apply, remember } = makeDraft();
    draft.type('main');
    await vi.runAllTimersAsync();
    void draft.submit();
    draft.type('other');
    await vi.runAllTimersAsync();
    expect(apply.mock.calls).toEqual([
      ['main', true],
      ['other', true],
    ]);
    expect(remember.mock.calls).toEqual([['main']]);
  });

  it('is not applied with a mistake, which is told until it is mended', async () => {
    const { draft, apply, remember } = makeDraft('main');
    draft.type('r3 > 1');
    await vi.runAllTimersAsync();
    await draft.submit();
    expect(apply).not.toHaveBeenCalled();
    expect(draft.snapshot.problem?.message).toBe('There is no field r3.');
    draft.leave();
    expect(remember).not.toHaveBeenCalled();
    draft.type('r2 > 1');
    await vi.runAllTimersAsync();
    expect(draft.snapshot.problem).toBeUndefined();
    expect(apply.mock.calls).toEqual([['r2 > 1', true]]);
  });

  it('waits for nothing with Enter, and gives way to what was applied before if it has a mistake', async () => {
    const { draft, ask, apply, remember } = makeDraft('main');
    let answer: (help: QueryHelp) => void = () => undefined;
    ask.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    draft.type('r3 > 1');
    const submitted = draft.submit();
    expect(apply.mock.calls).toEqual([['r3 > 1', true]]);
    expect(draft.snapshot.unchecked).toBe(true);
    answer(WRONG);
    await submitted;
    expect(apply.mock.calls).toEqual([
      ['r3 > 1', true],
      ['main', false],
    ]);
    expect(draft.snapshot).toMatchObject({ text: 'r3 > 1', problem: WRONG.problem, unchecked: true });
    expect(remember).not.toHaveBeenCalled();
    draft.follow('r3 > 1');
    draft.follow('main');
    expect(draft.snapshot.text).toBe('r3 > 1');
    draft.type('r2 > 1');
    await draft.submit();
    expect(draft.snapshot.unchecked).toBe(false);
  });

  it.each(['met', 'r2_s'])('waits for more while names are suggested that begin with "%s"', async (text) => {
    const { draft, apply, remember } = makeDraft('main');
    draft.suggest(true);
    draft.type(text);
    await vi.runAllTimersAsync();
    expect(draft.snapshot.waits).toBe(true);
    expect(apply).not.toHaveBeenCalled();
    draft.suggest(false);
    await vi.runAllTimersAsync();
    expect(apply.mock.calls).toEqual([[text, true]]);
    expect(draft.snapshot.waits).toBe(false);
    draft.leave();
    expect(remember.mock.calls).toEqual([[text]]);
  });

  it('is searched for as words with Enter, whatever is suggested', async () => {
    const { draft, apply } = makeDraft();
    draft.suggest(true);
    draft.type('met');
    await vi.runAllTimersAsync();
    await draft.submit();
    expect(apply.mock.calls).toEqual([['met', true]]);
    expect(draft.snapshot.waits).toBe(false);
  });

  it.each(['status', 'status ', 'bookmarked and error.type', 'not (git.branch'])(
    'waits for more behind the name of a field: "%s"',
    async (text) => {
      const { draft, apply } = makeDraft('main');
      draft.type(text);
      await vi.runAllTimersAsync();
      expect(draft.snapshot.waits).toBe(true);
      expect(apply).not.toHaveBeenCalled();
    },
  );

  it.each(['main status', 'statuses', 'core'])('is words otherwise: "%s"', async (text) => {
    const { draft, ask, apply } = makeDraft();
    ask.mockResolvedValue({ ...suggest(text) });
    draft.suggest(true);
    draft.type(text);
    await vi.runAllTimersAsync();
    expect(apply.mock.calls).toEqual([[text, true]]);
  });

  it('overtakes the one before, whichever is answered first', async () => {
    const { draft, ask, apply } = makeDraft();
    let answerFirst: (help: QueryHelp) => void = () => undefined;
    let signal: AbortSignal | undefined;
    ask.mockImplementationOnce((_text, _position, given) => {
      signal = given;
      return new Promise((resolve) => {
        answerFirst = resolve;
      });
    });
    draft.type('first');
    await vi.advanceTimersByTimeAsync(1000);
    draft.type('second');
    expect(signal?.aborted).toBe(true);
    await vi.runAllTimersAsync();
    answerFirst(WRONG);
    await vi.runAllTimersAsync();
    expect(apply.mock.calls).toEqual([['second', true]]);
    expect(draft.snapshot.problem).toBeUndefined();
  });

  it('is applied all the same where the server does not answer', async () => {
    const { draft, ask, apply } = makeDraft();
    ask.mockResolvedValue(undefined as unknown as QueryHelp);
    draft.type('main');
    await vi.runAllTimersAsync();
    expect(apply.mock.calls).toEqual([['main', true]]);
  });
});

describe('a query of the address', () => {
  it('is checked: somebody may have written it by hand', async () => {
    const { draft, apply } = makeDraft('r3 > 1');
    draft.start();
    await vi.runAllTimersAsync();
    expect(draft.snapshot.problem).toBeDefined();
    expect(apply).not.toHaveBeenCalled();
  });

  it('takes the place of what is typed when one goes back', async () => {
    const { draft, apply } = makeDraft('main');
    draft.type('r3 > 1');
    draft.follow('before');
    await vi.runAllTimersAsync();
    expect(draft.snapshot).toMatchObject({ text: 'before', problem: undefined });
    expect(apply).not.toHaveBeenCalled();
  });

  it('does not undo what was typed while the address was on its way', async () => {
    const { draft } = makeDraft();
    draft.type('a');
    await draft.submit();
    draft.type('ab');
    await draft.submit();
    draft.follow('a');
    expect(draft.snapshot.text).toBe('ab');
    draft.follow('ab');
    draft.follow('a');
    expect(draft.snapshot.text).toBe('a');
  });
});
