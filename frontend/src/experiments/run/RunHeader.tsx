import { Button, Tabs } from '@mantine/core';
import { IconDownload, IconGitCompare } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { download } from '../../formatting/csv.ts';
import { formatCount } from '../../formatting/numbers.ts';
import { BookmarkButton } from '../BookmarkButton.tsx';
import { comparisonToCsv } from '../comparison/comparisonCsv.ts';
import { DeleteRunsButton } from '../deletion/DeleteRunsButton.tsx';
import { useUpdateRun } from '../runDetails.ts';
import type { RunOnPage } from '../runQueries.ts';
import { type RunView, readRunSearch } from '../search.ts';
import { EditableTitle } from './EditableTitle.tsx';
import { Neighbours } from './Neighbours.tsx';
import classes from './RunHeader.module.css';

type RunHeaderProps = { run: RunOnPage; view: RunView; onViewChange: (view: RunView) => void };

/** Who a run is, what can be done with it, and the parts of its page. */
export function RunHeader({ run, view, onViewChange }: RunHeaderProps) {
  const update = useUpdateRun();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  // On a telephone not all tabs are in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `view` decides which tab is the selected one
  useEffect(() => {
    const tab = list.current?.querySelector('[aria-selected="true"]');
    tab?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [view]);
  const parts: { value: RunView; label: string; count?: number }[] = [
    { value: 'overview', label: 'Overview' },
    { value: 'metrics', label: 'Metrics' },
    { value: 'nodes', label: 'Nodes', count: run.nodes.length },
    { value: 'plots', label: 'Plots', count: run.plots.length },
    { value: 'data', label: 'Data' },
    { value: 'code', label: 'Code' },
    { value: 'environment', label: 'Environment' },
  ];
  return (
    <header className={classes.header}>
      <div className={classes.top}>
        <nav aria-label="Breadcrumb" className={classes.crumbs}>
          <Link to="/experiment-tracking">Experiments</Link>
          <span aria-hidden>/</span>
        </nav>
        <EditableTitle
          title={run.title}
          // A title that is taken away gives the run its id back as title.
          onSave={(title) => update(run.id, { title: title === '' ? run.id : title })}
        />
        <BookmarkButton
          size={28}
          title={run.title}
          bookmarked={run.bookmark ?? false}
          onChange={async (bookmark) => setProblem(await update(run.id, { bookmark }))}
        />
        <StatusBadge status={run.status} progress={run.progress} />
        <span className={classes.spring} />
        <Neighbours id={run.id} />
        <Button
          leftSection={<IconDownload size={14} aria-hidden />}
          aria-label="Export as CSV"
          onClick={() => download('run.csv', comparisonToCsv([run]), 'text/csv')}
        >
          <span className={classes.wideOnly}>Export</span>
        </Button>
        <ButtonLink
          to="/experiment-tracking"
          search={{ compare: true, selected: [run.id] }}
          leftSection={<IconGitCompare size={14} aria-hidden />}
          aria-label="Compare with other runs"
        >
          <span className={classes.wideOnly}>Compare</span>
        </ButtonLink>
        <DeleteRunsButton
          runIds={[run.id]}
          onDelete={() => navigate({ to: '/experiment-tracking', search: {} })}
        />
      </div>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <Tabs
        value={view}
        onChange={(next) => onViewChange(readRunSearch({ view: next }).view ?? 'overview')}
        classNames={{ list: classes.tabList, tab: classes.tab }}
      >
        <Tabs.List ref={list} aria-label="Parts of the run">
          {parts.map(({ value, label, count = 0 }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
              {count > 0 && <span className={classes.tabCount}>{formatCount(count)}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
    </header>
  );
}
