import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import classes from './SearchHelp.module.css';

/** Says what the search of runs finds. */
export function SearchHelp() {
  return (
    <Popover position="bottom-end" width="min(340px, 92vw)" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={22} aria-label="What can be searched">
          <IconHelp size={15} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.root}
        aria-label="What can be searched"
        data-autofocus
        tabIndex={-1}
      >
        <dl>
          <dt>
            <code>random forest</code>
          </dt>
          <dd>
            Runs that have every word in their title, notes, id, author, branch, commit, pipeline or command.
          </dd>
          <dt>
            <code>model_options.test_size=0.2</code>
          </dt>
          <dd>Runs with this value of a parameter. Both can stand together.</dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
