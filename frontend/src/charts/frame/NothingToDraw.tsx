import classes from './NothingToDraw.module.css';

type NothingToDrawProps = {
  /** Why, as a sentence. */
  why: string;
  /** What somebody can do about it; undefined where that is nothing. */
  advice?: string | undefined;
};

/** Stands in the place of a chart. */
export function NothingToDraw({ why, advice }: NothingToDrawProps) {
  return (
    <p className={classes.nothing} role="status">
      {why}
      {advice && ` ${advice}`}
    </p>
  );
}
