import { Button } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { ChipButton } from '../../components/ChipButton.tsx';
import type { RunTable } from '../../data/runTable/runTable.ts';
import { nameOfRun } from '../../runs/runNames.ts';
import { RunNamesQuery } from '../chartQueries.ts';
import { runColourVariable } from './chartColours.ts';
import { nameOfRow } from './chartedRunNames.ts';
import classes from './SelectedRuns.module.css';

/** Of more runs, the rest is shown when somebody asks for it. */
const SHOWN_AT_FIRST = 12;

type SelectedRunsProps = {
  table: Pick<RunTable, 'runIds' | 'titles' | 'startedAt'>;
  ids: readonly string[];
  marked: readonly (number | undefined)[];
  onSelectRun: (id: string) => void;
};

/** The key to the numbered marks in the charts. */
export function SelectedRuns({ table, ids, marked, onSelectRun }: SelectedRunsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? ids : ids.slice(0, SHOWN_AT_FIRST);
  const uncharted = shown.filter((_, position) => marked[position] === undefined);
  const [{ data }] = useQuery({
    query: RunNamesQuery,
    variables: { runIds: uncharted },
    pause: uncharted.length === 0,
  });
  if (ids.length === 0) return null;
  const names = new Map(data?.runMetadata.map((run) => [run.id, nameOfRun(run)]));
  return (
    <div className={classes.key}>
      <ul className={classes.runs} aria-label="Compared runs">
        {shown.map((id, position) => {
          const row = marked[position];
          return (
            <li key={id}>
              <ChipButton
                round
                mark={
                  <span className={classes.badge} style={{ background: runColourVariable(position) }}>
                    {position + 1}
                  </span>
                }
                label={row === undefined ? (names.get(id) ?? id) : nameOfRow(table, row)}
                after={row === undefined && <span className={classes.without}>not charted</span>}
                title={id}
                onClick={() => onSelectRun(id)}
              />
            </li>
          );
        })}
      </ul>
      {ids.length > SHOWN_AT_FIRST && (
        <Button size="compact-xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `and ${ids.length - SHOWN_AT_FIRST} more`}
        </Button>
      )}
    </div>
  );
}
