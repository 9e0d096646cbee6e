import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { DeleteRunsButton } from '../deletion/DeleteRunsButton.tsx';
import type { RunRow } from './runsQuery.ts';
import classes from './SelectionBar.module.css';

type SelectionBarProps = { selected: string[]; onChange: (ids: string[]) => void; rows?: RunRow[] };

// More would not fit anywhere; the count says the rest.
const NAMED = 12;

/** The chosen runs, and what can be done with them: compare or delete. */
export function SelectionBar({ selected, onChange, rows = [] }: SelectionBarProps) {
  const titleOf = (id: string) => rows.find((run) => run.id === id)?.title ?? id;
  return (
    <section className={classes.bar} aria-label="Selected runs">
      <span className={classes.count} role="status">
        {selected.length === 0
          ? 'Choose runs to compare or delete'
          : `${countOf(selected.length, 'run')} selected`}
      </span>
      <ul className={classes.chips}>
        {selected.slice(0, NAMED).map((id) => (
          <li key={id} className={classes.chip}>
            <span className={classes.chipTitle} title={titleOf(id)} dir="auto">
              {titleOf(id)}
            </span>
            <ActionIcon
              size={18}
              aria-label={`Remove ${titleOf(id).slice(0, 80)}`}
              onClick={() => onChange(selected.filter((other) => other !== id))}
            >
              <IconX size={12} aria-hidden />
            </ActionIcon>
          </li>
        ))}
        {selected.length > NAMED && <li className={classes.rest}>and {selected.length - NAMED} more</li>}
      </ul>
      {selected.length > 0 && (
        <>
          <Button variant="subtle" color="gray" onClick={() => onChange([])}>
            Clear
          </Button>
          <DeleteRunsButton
            runIds={selected}
            onDelete={(deleted) => onChange(selected.filter((id) => !deleted.includes(id)))}
          />
        </>
      )}
      <ButtonLink
        to="/experiment-tracking/compare"
        search={{ runs: selected }}
        variant="filled"
        disabled={selected.length < 2}
        aria-disabled={selected.length < 2}
        tabIndex={selected.length < 2 ? -1 : undefined}
      >
        {selected.length < 2 ? 'Compare' : `Compare ${countOf(selected.length, 'run')}`}
      </ButtonLink>
    </section>
  );
}
