import { Button, Popover } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { EditableRunsQuery } from '../edits/editQueries.ts';
import { useEditRuns } from '../runDetails.ts';
import classes from './BulkTags.module.css';
import { TagPicker, type TagState } from './TagPicker.tsx';

/** Adds tags to several runs, or takes them away. */
export function BulkTags({ runIds }: { runIds: readonly string[] }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button
          leftSection={<IconTag size={14} stroke={1.8} aria-hidden />}
          aria-label="Tag"
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.wideOnly}>Tag</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Tags of the selected runs">
        <TagsOfRuns runIds={runIds} />
      </Popover.Dropdown>
    </Popover>
  );
}

function TagsOfRuns({ runIds }: { runIds: readonly string[] }) {
  const edit = useEditRuns();
  const [{ data, error }] = useQuery({
    query: EditableRunsQuery,
    variables: { runIds: [...runIds] },
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <p role="alert">The tags could not be loaded: the server did not answer.</p>;
  return (
    <TagPicker
      tags={tagsOfAll(data?.runMetadata ?? [])}
      onAdd={(tag) => void edit(runIds, { addTags: [tag] })}
      onRemove={(tag) => void edit(runIds, { removeTags: [tag] })}
    />
  );
}

/** Every tag of some runs, those that most of them have first. */
export function tagsOfAll(runs: readonly { tags: readonly string[] }[]): TagState[] {
  const counts = new Map<string, number>();
  for (const { tags } of runs) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .toSorted(([one, ofOne], [other, ofOther]) => ofOther - ofOne || one.localeCompare(other))
    .map(([tag, count]) => ({ tag, partial: count < runs.length }));
}
