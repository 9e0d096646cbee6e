import { Button } from '@mantine/core';
import { runColourVariable } from '../../charts/runs/chartColours.ts';
import { ChipButton } from '../../components/ChipButton.tsx';
import { type NamedRun, nameOfRun } from '../../runs/runNames.ts';
import type { HoveredLineStore } from '../../series/hoveredPlace.ts';
import { isDashed } from '../runLines.ts';
import classes from './SeriesLegend.module.css';

/** With more runs than this one may want to begin with none. */
const FEW = 8;

type SeriesLegendProps = {
  runs: readonly NamedRun[];
  hidden: ReadonlySet<string>;
  onHiddenChange: (hidden: ReadonlySet<string>) => void;
  /** Runs whose lines stand out. */
  front: ReadonlySet<string>;
  onFrontChange: (front: ReadonlySet<string>) => void;
  hoveredLine: HoveredLineStore;
};

/** Which line is of which run. A click hides it, or shows it again; with Shift it makes it stand out. */
export function SeriesLegend(props: SeriesLegendProps) {
  const { runs, hidden, onHiddenChange, front, onFrontChange, hoveredLine } = props;
  const click = (id: string, shift: boolean): void => {
    if (shift) onFrontChange(toggled(front, id));
    else onHiddenChange(toggled(hidden, id));
  };
  return (
    <div className={classes.legend}>
      <ul className={classes.runs} aria-label="Lines" tabIndex={runs.length > FEW ? 0 : undefined}>
        {runs.map((run, position) => (
          <li key={run.id}>
            <ChipButton
              className={classes.run}
              mark={
                <span
                  className={classes.swatch}
                  data-dashed={isDashed(position) || undefined}
                  style={{ color: runColourVariable(position) }}
                />
              }
              label={nameOfRun(run)}
              aria-pressed={!hidden.has(run.id)}
              data-front={front.has(run.id) || undefined}
              title={`${run.title}\n${hidden.has(run.id) ? 'Show' : 'Hide'} its lines; with Shift: ${front.has(run.id) ? 'no longer let them' : 'let them'} stand out`}
              onClick={(event) => click(run.id, event.shiftKey)}
              onPointerEnter={() => hoveredLine.set(run.id)}
              onPointerLeave={() => hoveredLine.set(undefined)}
              onFocus={() => hoveredLine.set(run.id)}
              onBlur={() => hoveredLine.set(undefined)}
            />
          </li>
        ))}
      </ul>
      {(runs.length > FEW || front.size > 0) && (
        <div className={classes.all}>
          {runs.length > FEW && (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => onHiddenChange(new Set(hidden.size > 0 ? [] : runs.map(({ id }) => id)))}
            >
              {hidden.size > 0 ? 'Show all lines' : 'Hide all lines'}
            </Button>
          )}
          {front.size > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => onFrontChange(new Set())}>
              None stands out
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** A set with a member more, or less if it was there. */
export function toggled(members: ReadonlySet<string>, member: string): ReadonlySet<string> {
  const next = new Set(members);
  if (!next.delete(member)) next.add(member);
  return next;
}
