import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './StateMessage.module.css';

type StateMessageProps = {
  icon: Icon;
  title: string;
  tone?: 'neutral' | 'danger';
  /** `h1` where it stands for the whole page. */
  heading?: 'h1' | 'h2';
  /** What to do about it. */
  actions?: ReactNode;
  children?: ReactNode;
};

/** Fills a place that has nothing else to show: empty, not found, failed. */
export function StateMessage(props: StateMessageProps) {
  const { icon: Glyph, title, tone = 'neutral', heading: Heading = 'h2', actions, children } = props;
  return (
    <div className={classes.root} role={tone === 'danger' ? 'alert' : undefined}>
      <div className={classes.box}>
        <span className={classes.icon} data-tone={tone}>
          <Glyph size={22} stroke={1.6} aria-hidden />
        </span>
        <Heading className={classes.title}>{title}</Heading>
        {children && <div className={classes.text}>{children}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
