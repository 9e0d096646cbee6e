import type { OverviewRun } from './comparisonQueries.ts';

/** A run for tests, with nothing in it but what is given. */
export function makeRun(run: Partial<OverviewRun>): OverviewRun {
  return {
    id: '2024-05-01T12.30.45.678Z',
    title: 'A run',
    tags: [],
    notes: '',
    status: 'SUCCEEDED',
    startedAt: '2024-05-01T12:30:45.678Z',
    duration: 60,
    author: null,
    gitBranch: null,
    gitSha: null,
    gitDirty: null,
    runCommand: null,
    project: null,
    pipeline: null,
    env: null,
    runner: null,
    kedroVersion: null,
    gitRemote: null,
    peakMemory: null,
    error: null,
    metrics: [],
    parameters: [],
    ...run,
  };
}
