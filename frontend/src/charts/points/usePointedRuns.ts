import { useMemo } from 'react';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import type { PointGestures } from '../surface/usePointGestures.ts';
import { PointGrid } from './PointGrid.ts';
import type { PlacedPoints } from './paintPoints.ts';

type PointedRuns = {
  points: PlacedPoints;
  /** How near to a point the pointer must be, in pixels. */
  reach: number;
  hovered: HoveredRunStore;
  /** The columns that are told of the run under the pointer. */
  told: readonly string[];
  /** By row. */
  runIds: readonly string[];
  onSelectRun: (id: string) => void;
};

/** What the pointer does over points: it points at runs and selects them. The grid finds points in other ways. */
export function usePointedRuns(runs: PointedRuns) {
  const { points, reach, hovered, told, runIds, onSelectRun } = runs;
  const grid = useMemo(() => new PointGrid(points.x, points.y), [points]);
  const gestures: PointGestures = {
    onPoint: (at) => {
      const row = at && grid.nearest(at.x, at.y, reach);
      hovered.set(
        row === undefined || at === undefined
          ? undefined
          : { row, columns: told, clientX: at.clientX, clientY: at.clientY },
      );
    },
    onClick: () => {
      const id = runIds[hovered.get()?.row ?? -1];
      if (id !== undefined) onSelectRun(id);
    },
  };
  return { grid, gestures };
}
