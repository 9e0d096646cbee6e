import { useCallback } from 'react';
import type { RunEdit } from '../data/generated/graphql.ts';
import { useRunEdits } from './edits/editsContext.tsx';

/**
 * Returns a function that saves edits of runs. Shown at once everywhere, with a notice that can take it back; resolves to
 * a sentence where the server refused, and then everything is as before. A single star needs no notice: one more click
 * takes it back.
 */
export function useEditRuns(): (runIds: readonly string[], edit: RunEdit) => Promise<string | undefined> {
  const edits = useRunEdits();
  return useCallback(
    (runIds, edit) => {
      const isStar = runIds.length === 1 && edit.bookmark !== undefined && Object.keys(edit).length === 1;
      return edits.edit(runIds, edit, isStar);
    },
    [edits],
  );
}
