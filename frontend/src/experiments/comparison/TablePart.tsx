import { Button } from '@mantine/core';
import { IconEqual, IconSearchOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { StateMessage } from '../../components/StateMessage.tsx';
import type { RunDetails } from '../runQueries.ts';
import type { CompareSearch } from '../search.ts';
import { ComparisonTable } from './ComparisonTable.tsx';
import { type ComparisonSection, findRows, onlyChanges } from './comparisonRows.ts';

/** What each part of the comparison works with. */
export type PartProps = {
  runs: RunDetails[];
  /** Id of the run that the others are compared with. */
  baseline: string;
  search: CompareSearch;
  /** `replace`: the address changes without a step to go back to. */
  onSearchChange: (part: Partial<CompareSearch>, replace?: boolean) => void;
};

/** A part of the comparison that is a table: with the rows that are searched for, and only what differs if asked. */
export function TablePart({
  sections,
  runs,
  baseline,
  search,
  onSearchChange,
}: PartProps & { sections: ComparisonSection[] }) {
  const { changes, find } = search;
  const shown = useMemo(() => {
    const found = find === undefined ? sections : findRows(sections, find);
    return changes ? onlyChanges(found) : found;
  }, [sections, changes, find]);
  if (shown.length > 0) {
    return (
      <ComparisonTable
        runs={runs}
        sections={shown}
        showAlike={find !== undefined}
        baseline={baseline}
        onBaseline={(id) => onSearchChange({ baseline: id === runs[0]?.id ? undefined : id })}
        onRunsChange={(ids) => onSearchChange({ runs: ids })}
      />
    );
  }
  if (find !== undefined) {
    return (
      <StateMessage
        icon={IconSearchOff}
        title={changes ? 'Nothing of that name differs' : 'Nothing of that name'}
        actions={<Button onClick={() => onSearchChange({ find: undefined })}>Clear the search</Button>}
      />
    );
  }
  return (
    <StateMessage
      icon={IconEqual}
      title="These runs are alike"
      actions={<Button onClick={() => onSearchChange({ changes: undefined })}>Show everything</Button>}
    >
      Nothing that was recorded here differs between them.
    </StateMessage>
  );
}
