import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';
import { QueryGuide } from './QueryGuide.tsx';
import classes from './QueryHelpButton.module.css';

type QueryHelpButtonProps = {
  recent: () => string[];
  /** Told the query that somebody has chosen. */
  onChoose: (query: string) => void;
};

/** Opens what helps to write a query. */
export function QueryHelpButton({ recent, onChoose }: QueryHelpButtonProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(460px, 94vw)"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon size={22} aria-label="What can be searched" onClick={() => setOpened((now) => !now)}>
          <IconHelp size={15} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="What can be searched">
        <QueryGuide
          recent={recent()}
          onChoose={(query) => {
            setOpened(false);
            onChoose(query);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
