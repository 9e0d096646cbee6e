import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { formatCount } from '../../formatting/numbers.ts';
import { TagChip } from './TagChip.tsx';
import classes from './TagPicker.module.css';
import { TagsQuery } from './tagsQuery.ts';
import { TAG_LIMIT, tidyTag } from './tidyTag.ts';

/** A tag and how many of the runs have it. */
export type TagState = { tag: string; partial: boolean };

type TagPickerProps = {
  tags: readonly TagState[];
  onAdd: (tag: string) => void;
  onRemove: (tag: string) => void;
};

const MOST_OFFERED = 40;

/** The tags of a run or of several, with a field that adds one: new, or one of those in use. */
export function TagPicker({ tags, onAdd, onRemove }: TagPickerProps) {
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [{ data }] = useQuery({ query: TagsQuery, requestPolicy: 'cache-and-network' });
  const whole = new Set(tags.filter(({ partial }) => !partial).map(({ tag }) => tag));
  const wanted = tidyTag(text);
  const found = (data?.tags ?? [])
    .filter(({ tag }) => !whole.has(tag) && tag.toLowerCase().includes(wanted.toLowerCase()))
    .slice(0, MOST_OFFERED);
  const isNew = wanted !== '' && !whole.has(wanted) && !found.some(({ tag }) => tag === wanted);
  const add = (tag: string) => {
    setText('');
    combobox.updateSelectedOptionIndex();
    if (tag !== '' && !whole.has(tag)) onAdd(tag);
  };
  return (
    <div className={classes.root}>
      {tags.length > 0 && (
        <ul className={classes.tags} aria-label="Tags">
          {tags.map(({ tag, partial }) => (
            <li key={tag}>
              <TagChip tag={tag} partial={partial} onRemove={() => onRemove(tag)} />
            </li>
          ))}
        </ul>
      )}
      <Combobox store={combobox} onOptionSubmit={add} withinPortal={false}>
        <Combobox.Target>
          <TextInput
            size="xs"
            aria-label="Add a tag"
            placeholder="Add a tag…"
            data-autofocus
            maxLength={TAG_LIMIT}
            dir="auto"
            value={text}
            onFocus={() => combobox.openDropdown()}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) {
                event.preventDefault();
                add(wanted);
              }
              if (event.key === 'Backspace' && text === '') {
                const last = tags.at(-1);
                if (last) onRemove(last.tag);
              }
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={found.length === 0 && !isNew}>
          <Combobox.Options className={classes.options} aria-label="Tags in use">
            {isNew && (
              <Combobox.Option value={wanted}>
                New tag <strong dir="auto">{wanted}</strong>
              </Combobox.Option>
            )}
            {found.map(({ tag, runs }) => (
              <Combobox.Option key={tag} value={tag} className={classes.option}>
                <TagChip tag={tag} />
                <span className={classes.count}>{formatCount(runs)}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}
