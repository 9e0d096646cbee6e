import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { type ImageView, movedBy, toTransform, zoomedAt } from './imageView.ts';
import type { SharedView } from './sharedView.ts';
import classes from './ZoomArea.module.css';

type ZoomAreaProps = {
  view: SharedView<ImageView>;
  /** Whether turning the wheel zooms by itself, or only with Ctrl as where a page scrolls. */
  wheel: 'zooms' | 'scrolls';
  /** A click that moved nothing. */
  onClick?: () => void;
  children: ReactNode;
};

/** A press that moves less than this, in pixels, is a click and not a drag. */
const CLICK_REACH = 5;

/** Shows a part of an image: the wheel zooms, a drag moves. Others that share the view follow. */
export function ZoomArea({ view, wheel, onClick, children }: ZoomAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const show = (now: ImageView | undefined): void => {
      if (content.current) content.current.style.transform = toTransform(now);
      area.current?.toggleAttribute('data-zoomed', now !== undefined);
    };
    show(view.view);
    return view.listen(area, show);
  }, [view]);

  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const turn = (event: WheelEvent): void => {
      if (wheel === 'scrolls' && !event.ctrlKey && !event.metaKey) return;
      // React listens passively, and could not keep the page from being zoomed.
      event.preventDefault();
      const { left, top, width, height } = element.getBoundingClientRect();
      const at = {
        x: (event.clientX - left) / width - 0.5,
        y: (event.clientY - top) / height - 0.5,
      };
      view.show(zoomedAt(view.view, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), at));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [view, wheel]);

  const press = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const last = press.current;
    if (last === undefined) return;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    if (!last.moved && Math.hypot(dx, dy) < CLICK_REACH) return;
    press.current = { x: event.clientX, y: event.clientY, moved: true };
    const { width, height } = event.currentTarget.getBoundingClientRect();
    if (view.view !== undefined) view.show(movedBy(view.view, dx / width, dy / height));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what a pointer does here, buttons do by keyboard
    <div
      ref={area}
      className={classes.area}
      data-clicks={onClick !== undefined || undefined}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        press.current = { x: event.clientX, y: event.clientY, moved: false };
        if (view.view !== undefined) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        if (press.current?.moved === false) onClick?.();
        press.current = undefined;
      }}
      onPointerCancel={() => {
        press.current = undefined;
      }}
      onDragStart={(event) => event.preventDefault()}
    >
      <div ref={content} className={classes.content}>
        {children}
      </div>
    </div>
  );
}
