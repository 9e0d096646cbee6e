import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import classes from './ChipButton.module.css';

type ChipButtonProps = Omit<ComponentPropsWithoutRef<'button'>, 'children' | 'type'> & {
  /** What stands before the name, such as the colour of a line. */
  mark?: ReactNode;
  /** Whether the mark is a disc at the end of the chip. */
  round?: boolean;
  /** Cut where it is too long. */
  label: string;
  /** What stands after the name, and is never cut. */
  after?: ReactNode;
};

/** One of several runs by its name, as a button among others in a line of text. */
export function ChipButton({ mark, round, label, after, className, ...button }: ChipButtonProps) {
  return (
    <button
      {...button}
      type="button"
      className={className ? `${classes.chip} ${className}` : classes.chip}
      data-round={round || undefined}
    >
      {mark}
      <span className={classes.label} dir="auto">
        {label}
      </span>
      {after}
    </button>
  );
}
