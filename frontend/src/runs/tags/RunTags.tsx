import { Popover } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useViewer } from '../../data/project.tsx';
import { useEditRuns } from '../runDetails.ts';
import classes from './RunTags.module.css';
import { TagChip } from './TagChip.tsx';
import { TagPicker } from './TagPicker.tsx';

type RunTagsProps = {
  runId: string;
  tags: readonly string[];
  /** Where the button stands for keys: -1 where the row around it is what keys move through. */
  tabIndex?: number;
  /** Words to mark in the tags. */
  marked?: readonly string[];
};

/** A run's tags, edited where they stand. */
export function RunTags({ runId, tags, tabIndex, marked }: RunTagsProps) {
  const { mayEdit } = useViewer();
  const edit = useEditRuns();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <span className={classes.root}>
      {tags.map((tag) => (
        <TagChip key={tag} tag={tag} marked={marked} />
      ))}
      {mayEdit && (
        <button
          ref={button}
          type="button"
          className={classes.edit}
          data-empty={tags.length === 0 || undefined}
          aria-label={tags.length === 0 ? 'Add tags' : 'Edit the tags'}
          aria-haspopup="dialog"
          aria-expanded={opened}
          title={tags.length === 0 ? 'Add tags' : 'Edit the tags'}
          tabIndex={tabIndex}
          onClick={() => setOpened(!opened)}
        >
          <IconTag size={13} stroke={1.8} aria-hidden />
        </button>
      )}
      {/* There are as many of these as rows: only the one that is open is there. */}
      {opened && (
        <Popover
          opened
          onClose={() => {
            setOpened(false);
            button.current?.focus();
          }}
          position="bottom-start"
          width={260}
          trapFocus
        >
          <Popover.Target>
            <span className={classes.anchor} />
          </Popover.Target>
          <Popover.Dropdown aria-label="Tags of the run">
            <TagPicker
              tags={tags.map((tag) => ({ tag, partial: false }))}
              onAdd={(tag) => void edit([runId], { addTags: [tag] })}
              onRemove={(tag) => void edit([runId], { removeTags: [tag] })}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </span>
  );
}
