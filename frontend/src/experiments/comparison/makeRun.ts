import type { RunDetails } from '../runQueries.ts';

/** A run for tests, with nothing in it but what is given. */
export function makeRun(run: Partial<RunDetails>): RunDetails {
  return {
    id: '2024-05-01T12.30.45.678Z',
    title: 'A run',
    notes: '',
    bookmark: false,
    status: 'SUCCEEDED',
    startedAt: '2024-05-01T12:30:45.678Z',
    endedAt: '2024-05-01T12:31:45.678Z',
    duration: 60,
    author: null,
    gitBranch: null,
    gitSha: null,
    gitDirty: null,
    runCommand: null,
    pipeline: null,
    env: null,
    runner: null,
    kedroVersion: null,
    gitRemote: null,
    peakMemory: null,
    progress: null,
    nodes: [],
    error: null,
    metrics: [],
    parameters: [],
    trackedJson: [],
    plots: [],
    ...run,
  };
}
