import { type DragEvent, useState } from 'react';
import { moveTo } from './runOrderEdits.ts';

const DRAGGED_RUN = 'application/x-kedro-viz-run';

/**
 * What an element needs so that a run can be dragged to another place. The baseline stays where it is.
 *
 * @param index the run's place, which another one takes that is dropped on it
 */
export function useRunDrag(id: string, index: number, ids: string[], onRunsChange: (ids: string[]) => void) {
  const [over, setOver] = useState(false);
  if (index === 0) return {};
  return {
    draggable: true,
    'data-over': over || undefined,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(DRAGGED_RUN, id),
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED_RUN)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      onRunsChange(moveTo(ids, event.dataTransfer.getData(DRAGGED_RUN), index));
    },
  };
}
