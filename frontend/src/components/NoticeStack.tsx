import { type ReactNode, useLayoutEffect, useRef } from 'react';
import classes from './Notice.module.css';

/** Where notices of what was done stand, on every page. */
export function NoticeStack({ children }: { children: ReactNode }) {
  return <div className={classes.root}>{children}</div>;
}

/** What the page leaves free at its lower edge. */
const ROOM = '--notices-room';

/** Notices that stay until they are dismissed. They stand below the page instead of over it, so that they cover nothing. */
export function LastingNotices({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const { style } = document.documentElement;
    if (element === null) return;
    // The stack is no higher than that, and scrolls.
    const makeRoom = () =>
      style.setProperty(ROOM, `calc(min(50vh, ${element.offsetHeight}px) + 2 * var(--space-4))`);
    makeRoom();
    const observer = new ResizeObserver(makeRoom);
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty(ROOM);
    };
  }, []);
  return (
    <div ref={box} className={classes.lasting}>
      {children}
    </div>
  );
}
