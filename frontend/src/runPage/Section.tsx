import type { ReactNode } from 'react';
import { formatCount } from '../formatting/numbers.ts';
import { DatasetLink } from '../runs/DatasetLink.tsx';
import classes from './Section.module.css';

type SectionProps = { title: string; count?: number; children: ReactNode };

/** A part of a tab under a heading, with a count where there is something to count. */
export function Section({ title, count = 0, children }: SectionProps) {
  return (
    <section className={classes.root}>
      <h2 className={classes.title}>
        {title}
        {count > 0 && <span className={classes.count}>{formatCount(count)}</span>}
      </h2>
      {children}
    </section>
  );
}

/** Stands in a section's place when it has nothing to show: says why. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className={classes.none}>{children}</p>;
}

type DatasetGroupProps = { dataset: string; note?: ReactNode; children: ReactNode };

/** What belongs to one dataset, under its name. */
export function DatasetGroup({ dataset, note, children }: DatasetGroupProps) {
  return (
    <div className={classes.dataset}>
      <h3 className={classes.datasetName}>
        <DatasetLink name={dataset} />
        {note && <span className={classes.datasetType}>{note}</span>}
      </h3>
      {children}
    </div>
  );
}
