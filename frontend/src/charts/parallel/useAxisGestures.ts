import { type PointerEvent, useRef } from 'react';
import type { RunTable } from '../../data/runTable/runTable.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import { type Brush, type BrushDrag, type Brushes, brushOf, dragTo, startDrag } from './brushes.ts';
import { AXIS_MARGIN } from './paintParallel.ts';
import { nearestLine, type ParallelAxis, shareAt } from './parallelAxes.ts';

/** How near the pointer must be, in pixels: to an axis to brush it, to a line to point at its run. */
const AXIS_REACH = 12;
const LINE_REACH = 14;

/** Around a brush's end, within which a press takes hold of that end, in pixels. */
const GRIP = 6;

/** Movement in pixels from which a press is a drag and not a click. */
const DRAG_FROM = 3;

type Gestures = {
  axes: readonly ParallelAxis[];
  height: number;
  pass: Uint8Array;
  brushes: Brushes;
  setBrush: (name: string, brush: Brush | undefined, dragging?: boolean) => void;
  hovered: HoveredRunStore;
  table: Pick<RunTable, 'runIds'>;
  onSelectRun: (id: string) => void;
};

/** What the pointer does over the lines: it brushes axes, points at runs and selects them. */
export function useAxisGestures(gestures: Gestures) {
  const { axes, height, pass, brushes, setBrush, hovered, table, onSelectRun } = gestures;
  const press = useRef<{
    axis: ParallelAxis;
    drag: BrushDrag;
    y: number;
    moved: boolean;
    brush: Brush | undefined;
  }>(undefined);
  const placeOf = (event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top - AXIS_MARGIN };
  };
  const axisNear = (x: number): ParallelAxis | undefined =>
    axes.find((axis) => Math.abs(axis.x - x) <= AXIS_REACH);

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return;
    const { x, y } = placeOf(event);
    const axis = axisNear(x);
    // A finger scrolls; the handles of an axis are there for it.
    if (axis === undefined || event.pointerType === 'touch') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const brush = brushes.get(axis.name);
    const drag = startDrag(axis, brush, shareAt(axis, y, height), GRIP / height);
    press.current = { axis, drag, y, moved: false, brush };
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const { x, y } = placeOf(event);
    const pressed = press.current;
    if (pressed) {
      if (Math.abs(y - pressed.y) < DRAG_FROM && !pressed.moved) return;
      pressed.moved = true;
      hovered.set(undefined);
      pressed.brush = brushOf(pressed.axis, dragTo(pressed.drag, shareAt(pressed.axis, y, height)));
      setBrush(pressed.axis.name, pressed.brush, true);
      return;
    }
    const near = axisNear(x);
    const row = nearestLine(axes, pass, { x, y }, height, LINE_REACH);
    event.currentTarget.style.cursor = near ? 'ns-resize' : row === undefined ? 'default' : 'pointer';
    hovered.set(
      row === undefined ? undefined : { row, columns: [], clientX: event.clientX, clientY: event.clientY },
    );
  };
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>): void => {
    const pressed = press.current;
    press.current = undefined;
    if (pressed?.moved) {
      setBrush(pressed.axis.name, pressed.brush);
      return;
    }
    // A click on a brushed axis takes the brush away.
    if (pressed && brushes.has(pressed.axis.name)) {
      setBrush(pressed.axis.name, undefined);
      return;
    }
    const row = nearestLine(axes, pass, placeOf(event), height, LINE_REACH);
    const id = row === undefined ? undefined : table.runIds[row];
    if (id !== undefined) onSelectRun(id);
  };
  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerLeave: () => press.current === undefined && hovered.set(undefined),
    onPointerCancel: () => {
      const pressed = press.current;
      press.current = undefined;
      if (pressed?.moved) setBrush(pressed.axis.name, pressed.brush);
      hovered.set(undefined);
    },
  };
}
