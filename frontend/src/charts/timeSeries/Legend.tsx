import classes from './Legend.module.css';

type LegendProps = { entries: readonly { id: string; name: string; colour: string }[] };

/** Which line is whose. */
export function Legend({ entries }: LegendProps) {
  return (
    <ul className={classes.legend} aria-label="Legend">
      {entries.map(({ id, name, colour }) => (
        <li key={id} className={classes.entry} title={id}>
          <span className={classes.swatch} style={{ background: colour }} aria-hidden />
          <span className={classes.name}>{name}</span>
        </li>
      ))}
    </ul>
  );
}
