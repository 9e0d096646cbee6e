import { LongName } from '../columns/LongName.tsx';
import classes from './ColourKey.module.css';
import type { ColourLegend } from './colouring.ts';

/** What the colours of runs mean. */
export function ColourKey({ title, legend }: { title: string; legend: ColourLegend }) {
  return (
    <div className={classes.key} role="img" aria-label={describe(title, legend)}>
      <span className={classes.title} title={title}>
        <LongName name={title} />
      </span>
      {legend.kind === 'ramp' ? (
        <span className={classes.scale}>
          {legend.low}
          <span
            className={classes.ramp}
            style={{ backgroundImage: `linear-gradient(to right, ${legend.colours.join(', ')})` }}
          />
          {legend.high}
        </span>
      ) : (
        legend.entries.map(({ label, colour }) => (
          <span key={label} className={classes.entry} title={label}>
            <span className={classes.swatch} style={{ background: colour }} />
            <span className={classes.label}>{label || 'empty text'}</span>
          </span>
        ))
      )}
    </div>
  );
}

function describe(title: string, legend: ColourLegend): string {
  if (legend.kind === 'ramp') return `Coloured by ${title}, from ${legend.low} to ${legend.high}`;
  return `Coloured by ${title}: ${legend.entries.map(({ label }) => label).join(', ')}`;
}
