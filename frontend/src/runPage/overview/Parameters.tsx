import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { JsonTree } from '../../components/JsonTree.tsx';
import { parseJson } from '../../formatting/exactJson.ts';
import { countOf } from '../../formatting/numbers.ts';
import type { RunDetails } from '../../runs/runQueries.ts';
import { Nothing } from '../Section.tsx';
import classes from './Parameters.module.css';

/** From so many on a search field helps. */
const SEARCHABLE = 12;
const PARAMETERS_SHOWN = 200;

/** The parameters that a run was given, by flat name. */
export function Parameters({ parameters }: { parameters: RunDetails['parameters'] }) {
  const [text, setText] = useState('');
  if (parameters.length === 0) return <Nothing>No parameters were recorded.</Nothing>;
  const wanted = text.trim().toLowerCase();
  const found = parameters.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <>
      {parameters.length >= SEARCHABLE && (
        <TextInput
          className={classes.filter}
          size="xs"
          aria-label="Search parameters"
          placeholder="Search parameters…"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {found.length === 0 ? (
        <Nothing>No matching parameters.</Nothing>
      ) : (
        <dl className={classes.parameters}>
          {found.slice(0, PARAMETERS_SHOWN).map(({ name, json }) => (
            <div key={name} className={classes.parameter}>
              <dt>{name}</dt>
              <dd>
                <JsonTree value={parseJson(json)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {found.length > PARAMETERS_SHOWN && (
        <Nothing>{countOf(found.length - PARAMETERS_SHOWN, 'more parameter')}: search to see them.</Nothing>
      )}
    </>
  );
}
