import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { announceChanges } from './changes.ts';
import { useChangesAtMost } from './useChangesAtMost.ts';

describe('changes that are told calmly', () => {
  let hidden = false;
  beforeEach(() => {
    vi.useFakeTimers();
    hidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  });
  afterEach(() => vi.useRealTimers());

  const change = (after: number) => {
    announceChanges(['RUNS']);
    vi.advanceTimersByTime(after);
  };

  it('are told at once, then at most once an interval, the last one never left out', () => {
    const told = vi.fn();
    renderHook(() => useChangesAtMost(2000, ['RUNS'], told));
    change(200);
    expect(told).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 5; i += 1) change(300);
    expect(told).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2000);
    expect(told).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('wait until somebody looks', () => {
    const told = vi.fn();
    renderHook(() => useChangesAtMost(2000, ['RUNS'], told));
    hidden = true;
    change(200);
    change(5000);
    expect(told).not.toHaveBeenCalled();
    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(told).toHaveBeenCalledTimes(1);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('are told to nobody who has gone', () => {
    const told = vi.fn();
    const { unmount } = renderHook(() => useChangesAtMost(2000, ['RUNS'], told));
    change(200);
    change(200);
    unmount();
    vi.advanceTimersByTime(10_000);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('of other topics are not told', () => {
    const told = vi.fn();
    renderHook(() => useChangesAtMost(2000, ['FLOWCHART'], told));
    change(5000);
    expect(told).not.toHaveBeenCalled();
  });
});
