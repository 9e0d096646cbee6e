import { type RefObject, useEffect } from 'react';
import { useLatest } from '../../components/useLatest.ts';
import { type PointerPlace, pointerPlace } from './pointerPlace.ts';

export type PointGestures = {
  /** What is under the pointer; undefined once it has left. */
  onPoint: (at: PointerPlace | undefined) => void;
  onClick: () => void;
};

/** Pointer gestures of a chart whose points are pointed at and clicked, and no more. */
export function usePointGestures(surface: RefObject<HTMLElement | null>, gestures: PointGestures): void {
  const latest = useLatest(gestures);
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const point = (event: MouseEvent): void => latest.current.onPoint(pointerPlace(element, event));
    const click = (event: MouseEvent): void => {
      point(event);
      latest.current.onClick();
    };
    const leave = (): void => latest.current.onPoint(undefined);
    element.addEventListener('pointermove', point);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('click', click);
    return () => {
      element.removeEventListener('pointermove', point);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('click', click);
    };
  }, [surface, latest]);
}
