import type { RunRow } from '../runsQuery.ts';

/** What a cell can do. */
export type CellActions = {
  onOpen: (run: RunRow) => void;
  onBookmark: (run: RunRow, bookmark: boolean) => void;
  onTitleChange: (run: RunRow, title: string) => void;
  /** Begins or ends the editing of a title. */
  onEditTitle: (runId: string | undefined) => void;
};
