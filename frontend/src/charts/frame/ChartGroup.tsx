import { type ReactNode, useId } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import classes from './ChartGroup.module.css';

type ChartGroupProps = {
  /** What the charts have in common. */
  title: string;
  /** What the group is called where the title alone says too little; the title, if it is not given. */
  label?: string;
  /** Whether the title is only there to be read out. */
  titleHidden?: boolean;
  children: ReactNode;
};

/** Charts beside and below one another, under a title. */
export function ChartGroup({ title, label, titleHidden = false, children }: ChartGroupProps) {
  const id = useId();
  return (
    <section className={classes.group} {...(label ? { 'aria-label': label } : { 'aria-labelledby': id })}>
      <h3 id={id} className={titleHidden ? 'visually-hidden' : classes.title}>
        <BreakableName name={title} />
      </h3>
      <div className={classes.charts}>{children}</div>
    </section>
  );
}
