import type { OptimisticMutationConfig } from '@urql/exchange-graphcache';
import type { EditRunsMutationVariables } from '../../data/generated/graphql.ts';
import { type EditableRun, withEdit } from './runEdit.ts';

/** So many runs at most are in the cache at once; those of a long list are not kept there. */
const MOST_RUNS = 500;

/** What an edit of runs will most likely answer: shown at once, taken back where the server refuses. */
export const optimisticEdits: OptimisticMutationConfig = {
  editRuns: (variables, cache) => {
    // The cache types variables as unknown; the document says what these are.
    const { runIds, edit } = variables as EditRunsMutationVariables;
    const ids = Array.isArray(runIds) ? runIds : [runIds];
    const runs = ids.slice(0, MOST_RUNS).map((id) => {
      const key = { __typename: 'Run', id };
      const now = (field: string) => cache.resolve(key, field) ?? null;
      const run = {
        id,
        title: now('title') ?? id,
        notes: now('notes'),
        bookmark: now('bookmark'),
        archived: now('archived') ?? false,
        tags: now('tags') ?? [],
      } as EditableRun;
      return { __typename: 'Run', ...withEdit(run, edit) };
    });
    return { __typename: 'EditRunsSuccess', runs };
  },
};
