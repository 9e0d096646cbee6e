import { type RefObject, useEffect } from 'react';
import { useLatest } from '../../components/useLatest.ts';
import type { Range } from '../scales/axes.ts';
import { panBy, zoomAround, zoomBetween } from '../scales/zoom.ts';
import { MARGIN } from './margin.ts';
import { pointerPlace } from './pointerPlace.ts';
import type { PointGestures } from './usePointGestures.ts';

/** Movement in pixels from which a press is a drag and not a click. */
const DRAG_FROM = 5;

export type ZoomGestures = PointGestures & {
  range: Range;
  full: Range;
  /** The shortest range that shows something more; a second, if it is not given. */
  shortest?: number;
  /** undefined: back to the full range. */
  onZoom: (range: Range | undefined) => void;
  /** The range that is being dragged out, for what shows it elsewhere too. */
  onBand?: (range: Range | undefined) => void;
};

/**
 * Pointer gestures of a horizontal axis: drag selects a range, drag with Shift (or a finger) moves along what is zoomed,
 * pinch (two fingers, or a track pad's) zooms around its middle, double click resets; anything else points or clicks.
 *
 * @param surface receives the pointer; as wide as the whole chart
 * @param selection is shown and sized while a range is dragged
 */
export function useZoomGestures(
  surface: RefObject<HTMLElement | null>,
  selection: RefObject<HTMLElement | null>,
  gestures: ZoomGestures,
): void {
  const latest = useLatest(gestures);
  useEffect(() => {
    const element = surface.current;
    const band = selection.current;
    if (element === null || band === null) return;
    const fingers = new Map<number, number>();
    let pressedAt: number | undefined;
    let dragging = false;
    let pan: { x: number; range: Range } | undefined;
    let pinch: { spread: number; range: Range; middle: number } | undefined;

    const xOf = (event: MouseEvent): number => event.clientX - element.getBoundingClientRect().left;
    const momentAt = (x: number, range: Range): number => {
      return range[0] + ((x - MARGIN.left) / widthOfPlot()) * (range[1] - range[0]);
    };
    const showBand = (from: number, to: number): void => {
      const right = element.clientWidth - MARGIN.right;
      const start = Math.max(MARGIN.left, Math.min(from, to));
      band.hidden = false;
      band.style.left = `${start}px`;
      band.style.width = `${Math.max(0, Math.min(right, Math.max(from, to)) - start)}px`;
      const { range, full, onBand } = latest.current;
      onBand?.(zoomBetween(momentAt(from, range), momentAt(to, range), full, 0));
    };
    const widthOfPlot = (): number => Math.max(1, element.clientWidth - MARGIN.left - MARGIN.right);
    const isZoomed = (): boolean => {
      const { range, full } = latest.current;
      return range[0] > full[0] || range[1] < full[1];
    };
    const stop = (): void => {
      if (dragging) latest.current.onBand?.(undefined);
      pressedAt = undefined;
      dragging = false;
      pan = undefined;
      band.hidden = true;
    };
    const point = (event: PointerEvent): void => latest.current.onPoint(pointerPlace(element, event));

    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      fingers.set(event.pointerId, xOf(event));
      point(event);
      const [a, b] = [...fingers.values()];
      if (a !== undefined && b !== undefined) {
        stop();
        const { range } = latest.current;
        pinch = { spread: Math.max(10, Math.abs(a - b)), range, middle: momentAt((a + b) / 2, range) };
      } else {
        pressedAt = xOf(event);
        if (isZoomed() && (event.shiftKey || event.pointerType === 'touch')) {
          pan = { x: pressedAt, range: latest.current.range };
        }
        element.setPointerCapture(event.pointerId);
      }
    };
    const move = (event: PointerEvent): void => {
      const x = xOf(event);
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, x);
      const [a, b] = [...fingers.values()];
      if (pinch && a !== undefined && b !== undefined) {
        const factor = pinch.spread / Math.max(10, Math.abs(a - b));
        const { full, shortest } = latest.current;
        latest.current.onZoom(zoomAround(pinch.range, full, pinch.middle, factor, shortest));
        return;
      }
      if (pan !== undefined && (dragging || Math.abs(x - pan.x) >= DRAG_FROM)) {
        dragging = true;
        const { full, onPoint, onZoom } = latest.current;
        onPoint(undefined);
        onZoom(panBy(pan.range, full, ((pan.x - x) / widthOfPlot()) * (pan.range[1] - pan.range[0])));
        return;
      }
      // A finger that moves scrolls the page; only a mouse or pen draws out a range.
      if (pressedAt !== undefined && pan === undefined && event.pointerType !== 'touch') {
        if (Math.abs(x - pressedAt) >= DRAG_FROM) dragging = true;
        if (dragging) {
          latest.current.onPoint(undefined);
          showBand(pressedAt, x);
          return;
        }
      }
      point(event);
    };
    const up = (event: PointerEvent): void => {
      fingers.delete(event.pointerId);
      if (pinch) {
        if (fingers.size === 0) pinch = undefined;
        return;
      }
      if (pressedAt === undefined) return;
      const { range, full, shortest } = latest.current;
      const from = pressedAt;
      const wasDragging = dragging;
      const wasPan = pan !== undefined;
      stop();
      if (!wasDragging) {
        latest.current.onClick();
        return;
      }
      if (wasPan) return;
      const zoomed = zoomBetween(momentAt(from, range), momentAt(xOf(event), range), full, shortest);
      if (zoomed) latest.current.onZoom(zoomed);
    };
    const cancel = (event: PointerEvent): void => {
      fingers.delete(event.pointerId);
      if (fingers.size === 0) pinch = undefined;
      stop();
      latest.current.onPoint(undefined);
    };
    const leave = (): void => {
      if (!dragging) latest.current.onPoint(undefined);
    };
    const reset = (): void => latest.current.onZoom(undefined);
    const wheel = (event: WheelEvent): void => {
      const { range, full, shortest } = latest.current;
      // To the side, a wheel (or two fingers on a track pad) moves along what is zoomed.
      const aside = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (
        !event.ctrlKey &&
        isZoomed() &&
        (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      ) {
        event.preventDefault();
        latest.current.onZoom(panBy(range, full, (aside / widthOfPlot()) * (range[1] - range[0])));
        return;
      }
      // Browsers report the pinch of a track pad as a wheel with Ctrl; a plain wheel scrolls the page.
      if (!event.ctrlKey) return;
      event.preventDefault();
      const factor = Math.exp(event.deltaY / 120);
      latest.current.onZoom(zoomAround(range, full, momentAt(xOf(event), range), factor, shortest));
    };

    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', cancel);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('dblclick', reset);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', cancel);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('dblclick', reset);
      element.removeEventListener('wheel', wheel);
    };
  }, [surface, selection, latest]);
}
