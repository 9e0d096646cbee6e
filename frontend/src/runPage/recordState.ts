import type { RunOnPage } from '../runs/runQueries.ts';

/**
 * Why a part of a run's record is missing: it is still being gathered, the run was made before such things were kept, or
 * it could not be gathered.
 */
export type RecordState = 'gathering' | 'older' | 'missing';

export function recordState(
  run: Pick<RunOnPage, 'status' | 'kedroVersion'> & { nodes: readonly unknown[] },
): RecordState {
  if (run.status === 'RUNNING') return 'gathering';
  // The version of Kedro and the nodes have been kept since runs are recorded while they go on.
  return run.kedroVersion === null && run.nodes.length === 0 ? 'older' : 'missing';
}
