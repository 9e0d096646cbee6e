import type { ReactNode } from 'react';
import classes from './NodePanel.module.css';

/** A part of the side panel with a title. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
