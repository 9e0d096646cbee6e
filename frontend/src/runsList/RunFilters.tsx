import { Button, Menu, Tooltip } from '@mantine/core';
import { IconArchive, IconCheck, IconChevronDown, IconStar, IconStarFilled } from '@tabler/icons-react';
import type { ExperimentsSearch } from '../address/search.ts';
import classes from './RunFilters.module.css';

type RunFiltersProps = {
  search: ExperimentsSearch;
  onSearchChange: (part: Partial<ExperimentsSearch>) => void;
};

/** Which runs are shown, beside those that the query leaves: bookmarked ones, archived ones. */
export function RunFilters({ search, onSearchChange }: RunFiltersProps) {
  return (
    <>
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
    </>
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
          <Menu.RadioItem
            key={each.label}
            value={each.label}
            checked={each === now}
            checkIcon={<IconCheck size={14} aria-hidden />}
            closeMenuOnClick
            onChange={() => onChange(each.value)}
          >
            {each.label === 'All' ? 'All runs' : `${each.label} runs`}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
