import { type RefObject, useEffect } from 'react';
import { useLatest } from '../../components/useLatest.ts';
import { pointerPlace } from '../surface/pointerPlace.ts';
import type { PointGestures } from '../surface/usePointGestures.ts';

type Place = readonly [x: number, y: number];

/** What is drawn around points: a box, or a line as it comes. */
export type AreaShape = 'box' | 'lasso';

export type AreaGestures = PointGestures & {
  shape: AreaShape;
  /** The area while it is drawn; undefined where that was given up. */
  onDraw: (polygon: readonly Place[] | undefined) => void;
  /** The area once it is drawn. */
  onArea: (polygon: readonly Place[]) => void;
};

/** Movement in pixels from which a press is a drag and not a click. */
const DRAG_FROM = 5;

/** Pointer gestures of a chart with points: a drag draws an area around some of them, anything else points or clicks. */
export function useAreaGestures(surface: RefObject<HTMLElement | null>, gestures: AreaGestures): void {
  const latest = useLatest(gestures);
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    let path: Place[] | undefined;
    let dragging = false;

    const polygon = (places: readonly Place[]): readonly Place[] => {
      const [first] = places;
      const last = places.at(-1);
      if (latest.current.shape === 'lasso' || first === undefined || last === undefined) return places;
      return [first, [last[0], first[1]], last, [first[0], last[1]]];
    };
    const stop = (): void => {
      path = undefined;
      if (dragging) latest.current.onDraw(undefined);
      dragging = false;
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      const { x, y } = pointerPlace(element, event);
      path = [[x, y]];
      if (event.pointerType !== 'touch') element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      const place = pointerPlace(element, event);
      const { x, y } = place;
      const [start] = path ?? [];
      // A finger that moves scrolls the page.
      if (path && start && event.pointerType !== 'touch') {
        if (!dragging && Math.hypot(x - start[0], y - start[1]) >= DRAG_FROM) {
          dragging = true;
          latest.current.onPoint(undefined);
        }
        if (dragging) {
          path.push([x, y]);
          latest.current.onDraw(polygon(path));
          return;
        }
      }
      latest.current.onPoint(place);
    };
    const up = (event: PointerEvent): void => {
      const drawn = path;
      const wasDragging = dragging;
      stop();
      if (wasDragging && drawn) {
        latest.current.onArea(polygon(drawn));
      } else if (drawn) {
        latest.current.onPoint(pointerPlace(element, event));
        latest.current.onClick();
      }
    };
    const leave = (): void => {
      if (!dragging) latest.current.onPoint(undefined);
    };
    const cancel = (): void => {
      stop();
      latest.current.onPoint(undefined);
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', cancel);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', cancel);
      element.removeEventListener('pointerleave', leave);
    };
  }, [surface, latest]);
}
