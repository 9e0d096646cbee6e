import { Button } from '@mantine/core';
import { IconEqual, IconSearchOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { CompareSearch } from '../address/search.ts';
import { StateMessage } from '../components/StateMessage.tsx';
import { useMetricDirections } from '../runs/metricDirections.ts';
import type { Layout } from './comparisonCsv.ts';
import type { ComparedRun } from './comparisonQueries.ts';
import { ComparisonTable } from './table/ComparisonTable.tsx';
import { type ComparisonSection, findRows, onlyChanges } from './table/comparisonRows.ts';
import { RunsInRows } from './table/RunsInRows.tsx';

/** What each part of the comparison works with. */
export type PartProps = {
  /** The baseline comes first, whatever the order in the address. */
  runs: ComparedRun[];
  /** Id of the run that the others are compared with. */
  baseline: string;
  /** Whether tables have the runs in columns or in rows. */
  layout: Layout;
  search: CompareSearch;
  /** `replace`: the address changes without a step to go back to. */
  onSearchChange: (part: Partial<CompareSearch>, replace?: boolean) => void;
};

type TablePartProps = PartProps & {
  sections: ComparisonSection[];
  /** Opens or closes what is nested below a row. */
  onFold?: (key: string) => void;
};

/** A part of the comparison that is a table: with the rows that are searched for, and only what differs if asked. */
export function TablePart({ sections, runs, layout, search, onFold, onSearchChange }: TablePartProps) {
  const { changes, find } = search;
  const directions = useMetricDirections();
  const shown = useMemo(() => {
    const found = find === undefined ? sections : findRows(sections, find);
    return changes ? onlyChanges(found) : found;
  }, [sections, changes, find]);
  if (shown.length > 0) {
    const table = {
      runs,
      sections: shown,
      showAlike: find !== undefined,
      shown: search.show ?? 'value',
      directions,
      onBaseline: (id: string) => onSearchChange({ baseline: id }),
      onRunsChange: (ids: string[]) => onSearchChange({ runs: ids, baseline: undefined }),
    } as const;
    return layout === 'rows' ? <RunsInRows {...table} /> : <ComparisonTable {...table} onFold={onFold} />;
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
