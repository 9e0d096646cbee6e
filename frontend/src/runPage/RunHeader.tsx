import { IconGitCompare } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { RunView } from '../address/search.ts';
import { ExportButton } from '../comparison/ExportButton.tsx';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { type PartTab, PartTabs } from '../components/PartTabs.tsx';
import { BookmarkButton } from '../runs/BookmarkButton.tsx';
import { DeleteRunsButton } from '../runs/deletion/DeleteRunsButton.tsx';
import { EditableTitle } from '../runs/edits/EditableTitle.tsx';
import { useEditRuns } from '../runs/runDetails.ts';
import { isUntitled, nameOfRun } from '../runs/runNames.ts';
import type { RunOnPage } from '../runs/runQueries.ts';
import { StatusBadge } from '../runs/StatusBadge.tsx';
import { RunTags } from '../runs/tags/RunTags.tsx';
import { ArchiveButton } from './ArchiveButton.tsx';
import { Neighbours } from './Neighbours.tsx';
import classes from './RunHeader.module.css';

type RunHeaderProps = { run: RunOnPage; view: RunView; onViewChange: (view: RunView) => void };

/** Who a run is, what can be done with it, and the parts of its page. */
export function RunHeader({ run, view, onViewChange }: RunHeaderProps) {
  const name = nameOfRun(run);
  const edit = useEditRuns();
  const navigate = useNavigate();
  const parts: PartTab<RunView>[] = [
    { value: 'overview', label: 'Overview' },
    { value: 'metrics', label: 'Metrics' },
    { value: 'nodes', label: 'Nodes', count: run.nodes.length },
    { value: 'plots', label: 'Plots', count: run.plots.length },
    { value: 'data', label: 'Data' },
    { value: 'code', label: 'Code' },
    { value: 'environment', label: 'Environment' },
  ];
  return (
    <PageHeader
      roomy
      back={<Link to="/experiment-tracking">Experiments</Link>}
      row={
        <>
          <EditableTitle
            title={isUntitled(run) ? '' : run.title}
            untitled={{ name, id: run.id }}
            // A title that is taken away gives the run its id back as title.
            onSave={(title) => edit([run.id], { title: title === '' ? run.id : title })}
          />
          <BookmarkButton
            size={28}
            title={name}
            bookmarked={run.bookmark ?? false}
            onChange={(bookmark) => void edit([run.id], { bookmark })}
          />
          <StatusBadge status={run.status} progress={run.progress} />
          <span className={classes.tags}>
            <RunTags runId={run.id} tags={run.tags} />
          </span>
          <span className={classes.spring} />
          <Neighbours id={run.id} />
          <ExportButton runIds={[run.id]} fileName="run.csv" />
          <ButtonLink
            to="/experiment-tracking"
            search={{ compare: true, selected: [run.id] }}
            leftSection={<IconGitCompare size={14} aria-hidden />}
            aria-label="Compare with other runs"
          >
            <span className={classes.wideOnly}>Compare</span>
          </ButtonLink>
          <ArchiveButton run={run} />
          <DeleteRunsButton
            runIds={[run.id]}
            onDelete={() => navigate({ to: '/experiment-tracking', search: {} })}
          />
        </>
      }
    >
      <PartTabs label="Parts of the run" parts={parts} value={view} onChange={onViewChange} />
    </PageHeader>
  );
}
