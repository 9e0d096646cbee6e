import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconCheck,
  IconEyeOff,
  IconPin,
  IconPinnedOff,
  IconTrendingDown,
  IconTrendingUp,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useViewer } from '../../data/project.tsx';
import type { TableColumn } from '../columns/tableColumns.ts';
import classes from './grid.module.css';
import type { HeaderActions, SortPlace } from './headerActions.ts';
import type { LaidColumn } from './layout.ts';

const ICON = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;

/** The column whose menu is open, and the button that opened it. */
export type OpenMenu = { laid: LaidColumn; button: HTMLElement };

type HeaderMenuProps = {
  opened: OpenMenu;
  onClose: () => void;
  sort: SortPlace | undefined;
  pinned: boolean;
  /** Whether it is the first or last of the pinned, or of the other columns. */
  first: boolean;
  last: boolean;
  actions: HeaderActions;
};

/** All that can be done with a column. There is one for all columns, which may be thousands. */
export function HeaderMenu({ opened, onClose, sort, pinned, first, last, actions }: HeaderMenuProps) {
  const { laid, button } = opened;
  const { column } = laid;
  const { name } = column;
  const [place] = useState(() => button.getBoundingClientRect());
  return (
    <Menu
      opened
      position="bottom-start"
      width={220}
      returnFocus={false}
      onClose={() => {
        onClose();
        button.focus();
      }}
    >
      <Menu.Target>
        <span
          className={classes.menuAnchor}
          style={{ left: place.left, top: place.top, width: place.width, height: place.height }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Column ${column.description}`}>
        <Menu.Item leftSection={<IconArrowUp {...ICON} />} onClick={() => actions.onSortBy(name)}>
          Sort upwards
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown {...ICON} />} onClick={() => actions.onSortBy(`-${name}`)}>
          Sort downwards
        </Menu.Item>
        {sort && (
          <Menu.Item leftSection={<IconX {...ICON} />} onClick={() => actions.onUnsort(name)}>
            Do not sort by it
          </Menu.Item>
        )}
        {column.metric && (
          <DirectionItems column={column} metric={column.metric} onDirection={actions.onDirection} />
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={pinned ? <IconPinnedOff {...ICON} /> : <IconPin {...ICON} />}
          onClick={() => actions.onPin(name, !pinned)}
        >
          {pinned ? 'Unpin' : 'Pin to the left'}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowLeft {...ICON} />}
          disabled={first}
          onClick={() => actions.onStep(name, -1)}
        >
          Move left
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowRight {...ICON} />}
          disabled={last}
          onClick={() => actions.onStep(name, 1)}
        >
          Move right
        </Menu.Item>
        {name !== 'title' && (
          <Menu.Item leftSection={<IconEyeOff {...ICON} />} onClick={() => actions.onHide(name)}>
            Hide
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

type DirectionItemsProps = {
  column: TableColumn;
  metric: NonNullable<TableColumn['metric']>;
  onDirection: HeaderActions['onDirection'];
};

/** Says which way of a metric is better; its name tells unless somebody has said. */
function DirectionItems({ column, metric, onDirection }: DirectionItemsProps) {
  const { mayEdit } = useViewer();
  const { direction, directionIsSet } = metric;
  if (!mayEdit) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Better is</Menu.Label>
      {(['HIGHER', 'LOWER'] as const).map((each) => (
        <Menu.Item
          key={each}
          leftSection={each === 'HIGHER' ? <IconTrendingUp {...ICON} /> : <IconTrendingDown {...ICON} />}
          rightSection={
            direction === each &&
            (directionIsSet ? (
              <IconCheck size={14} aria-label="set" />
            ) : (
              <span className={classes.guessed}>by its name</span>
            ))
          }
          onClick={() => onDirection(column, each)}
        >
          {each === 'HIGHER' ? 'Higher' : 'Lower'}
        </Menu.Item>
      ))}
      {directionIsSet && (
        <Menu.Item leftSection={<IconX {...ICON} />} onClick={() => onDirection(column, null)}>
          As its name tells
        </Menu.Item>
      )}
    </>
  );
}
