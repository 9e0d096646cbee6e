import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';

type PageHeaderProps = {
  /** The link to the page above this one. */
  back: ReactNode;
  /** The page's name, and what can be done with what it shows. */
  row: ReactNode;
  /** Whether the page below it keeps more room at its sides. */
  roomy?: boolean;
  /** What stands on the line below: the parts of the page. */
  children: ReactNode;
};

/** The head of a page that another one leads to. */
export function PageHeader({ back, row, roomy, children }: PageHeaderProps) {
  return (
    <header className={classes.header} data-roomy={roomy || undefined}>
      <div className={classes.row}>
        <nav aria-label="Breadcrumb" className={classes.back}>
          {back}
          <span aria-hidden>/</span>
        </nav>
        {row}
      </div>
      {children}
    </header>
  );
}
