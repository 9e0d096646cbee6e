import { Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArchive,
  IconCheck,
  IconChevronDown,
  IconGitCompare,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { countOf } from '../../formatting/numbers.ts';
import type { ExperimentsSearch } from '../search.ts';
import classes from './RunsList.module.css';

type RunsToolbarProps = {
  search: ExperimentsSearch;
  onSearchChange: (part: Partial<ExperimentsSearch>) => void;
  /** Where the query is written. */
  queryField: ReactNode;
  /** Undefined while it is not known. */
  total: number | undefined;
  /** What chooses columns and exports runs. */
  children: ReactNode;
};

/** What finds runs, and what can be done with all of them. */
export function RunsToolbar({ search, onSearchChange, queryField, total, children }: RunsToolbarProps) {
  const choosing = search.compare === true;
  return (
    <div className={classes.toolbar}>
      {queryField}
      <Tooltip label="Show bookmarked runs only">
        <Button
          className={classes.iconButton}
          aria-pressed={search.bookmarked === true}
          aria-label="Bookmarked only"
          data-on={search.bookmarked || undefined}
          onClick={() => onSearchChange({ bookmarked: search.bookmarked ? undefined : true })}
        >
          {search.bookmarked ? (
            <IconStarFilled size={14} aria-hidden />
          ) : (
            <IconStar size={14} stroke={1.8} aria-hidden />
          )}
        </Button>
      </Tooltip>
      <ArchiveFilter value={search.archived} onChange={(archived) => onSearchChange({ archived })} />
      <span className={classes.count} role="status">
        {total === undefined ? '' : countOf(total, 'run')}
      </span>
      <span className={classes.spring} />
      {children}
      <Button
        leftSection={<IconGitCompare size={14} aria-hidden />}
        aria-pressed={choosing}
        data-on={choosing || undefined}
        className={classes.compare}
        onClick={() =>
          onSearchChange(choosing ? { compare: undefined, selected: undefined } : { compare: true })
        }
      >
        Compare runs
      </Button>
    </div>
  );
}

const ARCHIVED = [
  { value: undefined, label: 'Active' },
  { value: 'only', label: 'Archived' },
  { value: 'all', label: 'All' },
] as const;

type ArchiveFilterProps = {
  value: ExperimentsSearch['archived'];
  onChange: (value: ExperimentsSearch['archived']) => void;
};

/** Whether archived runs are shown. */
function ArchiveFilter({ value, onChange }: ArchiveFilterProps) {
  const now = ARCHIVED.find((each) => each.value === value) ?? ARCHIVED[0];
  return (
    <Menu position="bottom-start" width={170}>
      <Menu.Target>
        <Button
          className={classes.archive}
          data-on={value !== undefined || undefined}
          aria-label={`Runs shown: ${now.label}`}
          leftSection={<IconArchive size={14} stroke={1.8} aria-hidden />}
          rightSection={<IconChevronDown size={13} aria-hidden />}
        >
          <span className={classes.wideOnly}>{now.label}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ARCHIVED.map((each) => (
          <Menu.Item
            key={each.label}
            role="menuitemradio"
            aria-checked={each === now}
            rightSection={each === now ? <IconCheck size={14} aria-hidden /> : undefined}
            onClick={() => onChange(each.value)}
          >
            {each.label === 'All' ? 'All runs' : `${each.label} runs`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
