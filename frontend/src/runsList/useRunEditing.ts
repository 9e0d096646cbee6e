import { useEffect } from 'react';
import { useDeletionsSnapshot } from '../runs/deletion/deletionContext.tsx';
import { useRunEdits } from '../runs/edits/editsContext.tsx';
import { withEdit } from '../runs/edits/runEdit.ts';
import type { RunWindows } from './rows/RunWindows.ts';

/**
 * Shows in a list what people do to its runs, before the server has answered.
 *
 * @param archived which runs the list shows, as it asks the server
 * @returns the runs that are deleted: while they are on their way, the server may still tell of them
 */
export function useRunEditing(
  windows: RunWindows,
  archived: boolean | null | undefined,
): ReadonlySet<string> {
  const edits = useRunEdits();
  const { deletedIds } = useDeletionsSnapshot();
  useEffect(
    () =>
      edits.listen((runIds, edit) => {
        const leaves = typeof edit.archived === 'boolean' && archived !== null && edit.archived !== archived;
        if (leaves) windows.remove(runIds);
        else windows.edit(runIds, (row) => withEdit(row, edit));
      }),
    [edits, windows, archived],
  );
  useEffect(() => {
    if (deletedIds.size > 0) windows.remove(deletedIds);
  }, [windows, deletedIds]);
  return deletedIds;
}
