import type { ReactNode } from 'react';
import classes from './Notice.module.css';

/** Where notices of what was done stand, on every page. */
export function NoticeStack({ children }: { children: ReactNode }) {
  return <div className={classes.root}>{children}</div>;
}
