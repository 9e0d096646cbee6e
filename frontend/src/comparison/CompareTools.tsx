import { SegmentedControl, Switch, VisuallyHidden } from '@mantine/core';
import { IconColumns3, IconLayoutRows } from '@tabler/icons-react';
import type { CompareSearch, CompareView } from '../address/search.ts';
import { SearchField } from '../components/SearchField.tsx';
import classes from './CompareTools.module.css';
import type { Layout } from './comparisonCsv.ts';

/** Parts that are tables of runs and their properties. */
const TABLES = new Set<CompareView>(['overview', 'json', 'data', 'environment', 'configuration']);

/** More runs than this are read better as rows. */
const MOST_COLUMNS = 10;

/** The layout that suits a number of runs. */
export function layoutFor(runs: number): Layout {
  return runs > MOST_COLUMNS ? 'rows' : 'columns';
}

type CompareToolsProps = {
  view: CompareView;
  layout: Layout;
  runs: number;
  search: CompareSearch;
  onSearchChange: (part: Partial<CompareSearch>) => void;
};

/** What can be said of the part that is shown: what is searched for, and how it is laid out. */
export function CompareTools({ view, layout, runs, search, onSearchChange }: CompareToolsProps) {
  const isTable = TABLES.has(view);
  const searched = isTable || view === 'series';
  return (
    <div className={classes.tools}>
      {searched && (
        <SearchField
          className={classes.find}
          label="Search this part"
          placeholder="Search…"
          delay={150}
          value={search.find}
          onChange={(find) => onSearchChange({ find })}
        />
      )}
      {(searched || view === 'code') && (
        <Switch
          size="xs"
          label="Differences only"
          title="Hide what is the same in all runs"
          checked={search.changes === true}
          onChange={(event) => onSearchChange({ changes: event.currentTarget.checked || undefined })}
        />
      )}
      {view === 'overview' && runs > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Numbers as"
          value={search.show ?? 'value'}
          onChange={(show) => onSearchChange({ show: show === 'value' ? undefined : show })}
          data={[
            { value: 'value', label: 'Value' },
            { value: 'delta', label: <Sign sign="Δ" name="Difference from the baseline" /> },
            { value: 'percent', label: <Sign sign="%" name="Difference in percent" /> },
          ]}
        />
      )}
      {isTable && runs > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Runs as"
          value={layout}
          onChange={(chosen) => onSearchChange({ layout: chosen === layoutFor(runs) ? undefined : chosen })}
          data={[
            { value: 'columns', label: <Sign sign={<IconColumns3 size={14} />} name="Runs as columns" /> },
            { value: 'rows', label: <Sign sign={<IconLayoutRows size={14} />} name="Runs as rows" /> },
          ]}
        />
      )}
    </div>
  );
}

function Sign({ sign, name }: { sign: React.ReactNode; name: string }) {
  return (
    <span className={classes.sign} title={name}>
      <span aria-hidden className={classes.glyph}>
        {sign}
      </span>
      <VisuallyHidden>{name}</VisuallyHidden>
    </span>
  );
}
