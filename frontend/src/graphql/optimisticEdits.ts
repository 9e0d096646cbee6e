import type { OptimisticMutationConfig } from '@urql/exchange-graphcache';

type RunInput = { title?: string | null; notes?: string | null; bookmark?: boolean | null };

/** What an edit of a run will most likely answer: shown at once, taken back where the server refuses. */
export const optimisticEdits: OptimisticMutationConfig = {
  updateRunDetails: (variables, cache) => {
    const id = String(variables.runId);
    // The cache types variables as unknown; the document says that this one is a RunInput.
    const input = variables.runInput as RunInput;
    const run = { __typename: 'Run', id };
    const now = (field: string) => cache.resolve(run, field) ?? null;
    return {
      __typename: 'UpdateRunDetailsSuccess',
      run: {
        ...run,
        title: input.title?.trim() || now('title'),
        notes: input.notes ?? now('notes'),
        bookmark: input.bookmark ?? now('bookmark'),
      },
    };
  },
};
