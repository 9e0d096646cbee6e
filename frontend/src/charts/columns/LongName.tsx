import classes from './LongName.module.css';

/**
 * A name in one line. Where there is no room for all of it, its end is shown, which of technical names tells most.
 *
 * @param start what comes before the name, and stays
 */
export function LongName({ name, start = '' }: { name: string; start?: string }) {
  return (
    <span className={classes.name}>
      {start && <bdi className={classes.start}>{start}</bdi>}
      <span className={classes.end}>
        <bdi>{name}</bdi>
      </span>
    </span>
  );
}
