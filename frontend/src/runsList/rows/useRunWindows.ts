import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ask } from '../../data/ask.ts';
import { parseJson } from '../../formatting/exactJson.ts';
import { metricColumn } from '../../runs/metricId.ts';
import { RunCellsQuery, type RunChoice, RunsQuery, WordMatchesQuery } from '../runsQuery.ts';
import { type LoadCells, RunCells } from './RunCells.ts';
import { RunMatches } from './RunMatches.ts';
import { type LoadRuns, RunWindows, type RunWindowsSnapshot } from './RunWindows.ts';

/** A list of runs with the values of its columns, and with what its search has found in them. */
export type RunTable = {
  windows: RunWindows;
  snapshot: RunWindowsSnapshot;
  cells: RunCells;
  cellsVersion: number;
  matches: RunMatches;
  /** Changes with every answer to the matches. */
  matchesVersion: number;
};

type Kept = { key: string; windows: RunWindows; cells: RunCells; matches: RunMatches };

/** The list that was shown last: whoever comes back from a run's page finds it as it was, and then what is new. */
let lastShown: Kept | undefined;

/**
 * The runs that match; those of the choice before stay until the first of these are here.
 *
 * @param all whether fields that are rarely shown are asked for, too
 */
export function useRunWindows(choice: RunChoice, all: boolean): RunTable {
  const key = JSON.stringify([choice, all]);
  const [current, setCurrent] = useState(() =>
    lastShown?.key === key ? lastShown : { key, ...open(choice, all) },
  );
  let shown = current;
  if (current.key !== key) {
    shown = { key, ...open(choice, all, current) };
    setCurrent(shown);
  }
  const { windows, cells, matches } = shown;
  const cameBack = useRef(shown === lastShown);
  useEffect(() => {
    lastShown = shown;
  }, [shown]);
  const snapshot = useSyncExternalStore(windows.subscribe, windows.getSnapshot);
  const cellsVersion = useSyncExternalStore(cells.subscribe, cells.getSnapshot);
  const matchesVersion = useSyncExternalStore(matches.subscribe, matches.getSnapshot);
  // What is kept is shown at once, and may be old.
  useEffect(() => {
    if (!cameBack.current) return;
    cameBack.current = false;
    void windows.refresh();
    cells.refresh();
    matches.refresh();
  }, [windows, cells, matches]);
  return { windows, snapshot, cells, cellsVersion, matches, matchesVersion };
}

function open(choice: RunChoice, all: boolean, before?: Kept): Omit<Kept, 'key'> {
  const load: LoadRuns = async (offset, first, signal) => {
    const { runs } = await ask(RunsQuery, { offset, first, all, ...choice }, signal);
    return { totalCount: runs.totalCount, rows: runs.edges.map(({ node }) => node) };
  };
  // A value of a run is the same in every list.
  return {
    windows: new RunWindows(load, before?.windows.getSnapshot()),
    cells: before?.cells ?? new RunCells(loadCells),
    matches: openMatches(choice.search ?? undefined),
  };
}

function openMatches(search: string | undefined): RunMatches {
  if (search === undefined) return new RunMatches(undefined);
  return new RunMatches(async (runIds, signal) => {
    const { wordMatches } = await ask(WordMatchesQuery, { search, runIds }, signal);
    return wordMatches;
  });
}

const loadCells: LoadCells = async (runIds, metrics, parameters, signal) => {
  const { runCells } = await ask(RunCellsQuery, { runIds, metrics, parameters }, signal);
  return new Map([
    ...runCells.metrics.map(({ id, values }) => [metricColumn(id), values] as const),
    ...runCells.parameters.map(
      ({ name, texts }) =>
        [`params.${name}`, texts.map((text) => (text === null ? null : parseJson(text)))] as const,
    ),
  ]);
};
