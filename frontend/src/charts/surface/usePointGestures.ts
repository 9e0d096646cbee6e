import { type RefObject, useEffect, useRef } from 'react';

export type PointGestures = {
  /** What is under the pointer; undefined once it has left. */
  onPoint: (at: { x: number; y: number; clientX: number; clientY: number } | undefined) => void;
  onClick: () => void;
};

/** Pointer gestures of a chart whose points are pointed at and clicked, and no more. */
export function usePointGestures(surface: RefObject<HTMLElement | null>, gestures: PointGestures): void {
  const latest = useRef(gestures);
  useEffect(() => {
    latest.current = gestures;
  });
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const point = (event: MouseEvent): void => {
      const { clientX, clientY } = event;
      const box = element.getBoundingClientRect();
      latest.current.onPoint({ x: clientX - box.left, y: clientY - box.top, clientX, clientY });
    };
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
  }, [surface]);
}
