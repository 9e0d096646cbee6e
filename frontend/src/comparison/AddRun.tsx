import { Button, Popover, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { RelativeTime } from '../components/time.tsx';
import { nameOfRun } from '../runs/runNames.ts';
import { NewestRunsQuery } from '../runs/runQueries.ts';
import { StatusBadge } from '../runs/StatusBadge.tsx';
import classes from './AddRun.module.css';

type AddRunProps = { compared: string[]; onAdd: (id: string) => void };

/** Finds a run and takes it into the comparison. */
export function AddRun(props: AddRunProps) {
  return (
    <Popover position="bottom-end" trapFocus width="min(360px, 92vw)">
      <Popover.Target>
        <Button leftSection={<IconPlus size={14} aria-hidden />}>Add run</Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Add a run">
        <Finder {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Finder({ compared, onAdd }: AddRunProps) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const [{ data, error }] = useQuery({
    query: NewestRunsQuery,
    variables: { first: 50, search: wanted || undefined },
    // Runs come and go.
    requestPolicy: 'cache-and-network',
  });
  const found = data?.runs.edges.map((edge) => edge.node).filter((run) => !compared.includes(run.id));
  return (
    <>
      <TextInput
        size="xs"
        data-autofocus
        aria-label="Search runs to add"
        placeholder="Search runs…"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={classes.list}>
        {found?.map((run) => (
          <li key={run.id}>
            <button type="button" className={classes.run} onClick={() => onAdd(run.id)}>
              <StatusBadge status={run.status} compact />
              <span className={classes.title} title={run.title} dir="auto">
                {nameOfRun(run)}
              </span>
              <span className={classes.age}>
                <RelativeTime iso={run.startedAt} />
              </span>
            </button>
          </li>
        ))}
        {(found?.length === 0 || error) && (
          <li className={classes.none}>
            {error ? 'The runs could not be loaded.' : 'No other run matches.'}
          </li>
        )}
      </ul>
    </>
  );
}
