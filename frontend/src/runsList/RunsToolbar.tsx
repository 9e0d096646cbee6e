import { Button } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExperimentsSearch } from '../address/search.ts';
import { countOf } from '../formatting/numbers.ts';
import { RunFilters } from './RunFilters.tsx';
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
      <RunFilters search={search} onSearchChange={onSearchChange} />
      <span className={classes.count} role="status">
        {total === undefined ? '' : countOf(total, 'run')}
      </span>
      <span className={classes.spring} />
      {children}
      <Button
        leftSection={<IconGitCompare size={14} aria-hidden />}
        aria-pressed={choosing}
        aria-label="Compare runs"
        data-on={choosing || undefined}
        className={classes.compare}
        onClick={() =>
          onSearchChange(choosing ? { compare: undefined, selected: undefined } : { compare: true })
        }
      >
        <span>
          Compare<span className={classes.wideOnly}>&nbsp;runs</span>
        </span>
      </Button>
    </div>
  );
}
