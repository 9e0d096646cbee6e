import { useCallback, useEffect, useMemo, useRef } from 'react';
import { ask } from '../../data/ask.ts';
import { formatCount } from '../../formatting/numbers.ts';
import { type RunChoice, RunIdsQuery, type RunRow } from '../runsQuery.ts';
import { clipped, MOST_SELECTED, rangeOf, setRange, toggleRun } from './selectRuns.ts';

type SelectionInput = {
  selected: readonly string[];
  /** The rows as far as they are loaded. */
  rows: readonly (RunRow | undefined)[];
  choice: RunChoice;
  onChange: (ids: string[]) => void;
  /** Told what the person should know, in a sentence. */
  onProblem: (problem: string | undefined) => void;
};

/** The selection of runs, and what changes it. */
export type Selection = {
  ids: ReadonlySet<string>;
  toggle: (index: number, id: string) => void;
  /** All from the run that was chosen last up to this one get what that one got. */
  extend: (index: number) => Promise<void>;
  selectAll: () => Promise<void>;
  clear: () => void;
};

export function useSelection(input: SelectionInput): Selection {
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  /** Where a range begins, and whether it is put in or taken out. */
  const anchor = useRef<{ index: number; on: boolean }>(undefined);
  const change = useCallback((ids: readonly string[]) => {
    const { onChange, onProblem } = latest.current;
    const { ids: kept, left } = clipped(ids);
    onProblem(
      left === 0
        ? undefined
        : `${formatCount(MOST_SELECTED)} runs can be selected at once; ${formatCount(left)} were left out.`,
    );
    onChange(kept);
  }, []);
  const toggle = useCallback(
    (index: number, id: string) => {
      const { selected } = latest.current;
      anchor.current = { index, on: !selected.includes(id) };
      change(toggleRun(selected, id));
    },
    [change],
  );
  const extend = useCallback(
    async (index: number) => {
      const { index: from, on } = anchor.current ?? { index, on: true };
      const { offset, first } = rangeOf(from, index);
      const ids = await idsIn(latest.current, offset, first);
      if (ids === undefined) latest.current.onProblem(NO_ANSWER);
      else change(setRange(latest.current.selected, ids, on));
    },
    [change],
  );
  const selectAll = useCallback(async () => {
    const { rows } = latest.current;
    const ids = await idsIn(latest.current, 0, Math.min(rows.length, MOST_SELECTED));
    if (ids === undefined) latest.current.onProblem(NO_ANSWER);
    else {
      change(setRange([], ids, true));
      const left = rows.length - ids.length;
      if (left > 0) {
        latest.current.onProblem(
          `The first ${formatCount(ids.length)} of ${formatCount(rows.length)} runs are selected: no more can be at once.`,
        );
      }
    }
  }, [change]);
  const clear = useCallback(() => {
    anchor.current = undefined;
    change([]);
  }, [change]);
  const ids = useMemo(() => new Set(input.selected), [input.selected]);
  return useMemo(() => ({ ids, toggle, extend, selectAll, clear }), [ids, toggle, extend, selectAll, clear]);
}

const NO_ANSWER = 'The runs could not be selected: the server did not answer.';

/** The ids of runs at some places of the list, asked for where they are not loaded. */
async function idsIn(
  { rows, choice }: SelectionInput,
  offset: number,
  first: number,
): Promise<string[] | undefined> {
  const loaded = rows.slice(offset, offset + first).flatMap((row) => (row ? [row.id] : []));
  if (loaded.length === first) return loaded;
  try {
    // One more than fit, so that it can be told that some are left out.
    const { runs } = await ask(RunIdsQuery, { offset, first: Math.min(first, MOST_SELECTED + 1), ...choice });
    return runs.edges.map(({ node }) => node.id);
  } catch {
    return undefined;
  }
}
