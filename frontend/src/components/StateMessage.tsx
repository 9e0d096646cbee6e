import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './StateMessage.module.css';

type StateMessageProps = {
  icon: Icon;
  title: string;
  tone?: 'neutral' | 'danger';
  /** What to do about it. */
  actions?: ReactNode;
  children?: ReactNode;
};

/** Fills a place that has nothing else to show: empty, not found, failed. */
export function StateMessage({ icon: Glyph, title, tone = 'neutral', actions, children }: StateMessageProps) {
  return (
    <div className={classes.root} role={tone === 'danger' ? 'alert' : undefined}>
      <div className={classes.box}>
        <span className={classes.icon} data-tone={tone}>
          <Glyph size={22} stroke={1.6} aria-hidden />
        </span>
        <h2 className={classes.title}>{title}</h2>
        {children && <div className={classes.text}>{children}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
