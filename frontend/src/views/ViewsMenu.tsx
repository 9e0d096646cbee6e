import { Button, Popover } from '@mantine/core';
import { IconBookmarks, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExperimentsSearch } from '../address/search.ts';
import { useSavedViews } from './useSavedViews.ts';
import { ViewsList } from './ViewsList.tsx';
import classes from './ViewsMenu.module.css';
import { isSameState, readViewState, toViewState, type ViewState } from './viewState.ts';

export type ViewsMenuProps = {
  search: ExperimentsSearch;
  /** Shows a state in place of all that is shown; `saved` is the view that it is of. */
  onOpen: (state: ViewState, saved: string | undefined) => void;
  /** Says which view is open without showing anything else. */
  onSaved: (saved: string | undefined) => void;
};

/** The saved views: to open, and to keep what is shown as one. */
export function ViewsMenu({ search, onOpen, onSaved }: ViewsMenuProps) {
  const [opened, setOpened] = useState(false);
  const saved = useSavedViews();
  const open = saved.views?.find(({ id }) => id === search.saved);
  const state = toViewState(search);
  const changed = open !== undefined && !isSameState(readViewState(open.state), state);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(380px, 94vw)"
      trapFocus
      returnFocus
      // By ourselves, so that it can leave the name of a view, and not the whole menu.
      closeOnEscape={false}
      keepMounted={false}
    >
      <Popover.Target>
        <Button
          className={classes.target}
          leftSection={<IconBookmarks size={14} aria-hidden />}
          rightSection={<IconChevronDown size={13} aria-hidden />}
          aria-label={
            open === undefined ? 'Saved views' : `Saved views: ${open.name}${changed ? ', changed' : ''}`
          }
          onClick={() => setOpened((now) => !now)}
        >
          <span className={classes.name} dir="auto">
            {open?.name ?? 'Views'}
          </span>
          {changed && <span className={classes.changed}>changed</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.dropdown}
        aria-label="Saved views"
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpened(false);
        }}
      >
        <ViewsList
          saved={saved}
          openId={search.saved}
          open={open}
          changed={changed}
          state={state}
          onOpen={(next, id) => {
            setOpened(false);
            onOpen(next, id);
          }}
          onSaved={onSaved}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
