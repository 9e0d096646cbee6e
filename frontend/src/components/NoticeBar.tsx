import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './NoticeBar.module.css';

type NoticeBarProps = {
  icon: Icon;
  tone?: 'neutral' | 'warning';
  /** `status` where it may come while one reads the page; none where what it stands in has it. */
  role?: 'status' | 'note';
  /** What to do about it. */
  action?: ReactNode;
  children: ReactNode;
};

/** Says across the whole page what one should know of all that is below. */
export function NoticeBar({ icon: Glyph, tone = 'neutral', role, action, children }: NoticeBarProps) {
  return (
    <div className={classes.bar} data-tone={tone} role={role}>
      <Glyph size={16} aria-hidden />
      <span className={classes.text}>{children}</span>
      {action}
    </div>
  );
}
