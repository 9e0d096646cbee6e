import { Age, Duration, Missing } from '../../components/time.tsx';
import { BookmarkButton } from '../../runs/BookmarkButton.tsx';
import { GitReference } from '../../runs/GitReference.tsx';
import { Marked } from '../../runs/Marked.tsx';
import type { RunField } from '../../runs/runColumns.ts';
import { nameOfRun } from '../../runs/runNames.ts';
import { StatusBadge } from '../../runs/StatusBadge.tsx';
import { RunTags } from '../../runs/tags/RunTags.tsx';
import type { RunRow } from '../runsQuery.ts';
import type { CellActions } from './cellActions.ts';
import classes from './cells.module.css';
import type { HiddenMatch, WordsIn } from './foundInRun.ts';
import { TitleCell } from './TitleCell.tsx';

type FieldCellProps = {
  run: RunRow;
  field: RunField;
  /** Whether the title is being edited. */
  editing: boolean;
  /** -1 where keys move through rows, and this is not the one that they are on. */
  tabIndex: number;
  /** What the search has found in the run: words by field, and those that no column shows. */
  wordsIn: WordsIn;
  hidden: readonly HiddenMatch[];
  actions: CellActions;
};

/** What is known of every run, in one cell. */
export function FieldCell({ run, field, editing, tabIndex, wordsIn, hidden, actions }: FieldCellProps) {
  switch (field) {
    case 'title':
      return (
        <TitleCell
          run={run}
          editing={editing}
          tabIndex={tabIndex}
          marked={wordsIn('title')}
          hidden={hidden}
          actions={actions}
        />
      );
    case 'bookmarked':
      return (
        <BookmarkButton
          title={nameOfRun(run)}
          bookmarked={run.bookmark ?? false}
          tabIndex={tabIndex}
          onChange={(bookmarked) => actions.onBookmark(run, bookmarked)}
        />
      );
    case 'status':
      return <StatusBadge status={run.status} progress={run.progress} compact />;
    case 'started':
      return <Age iso={run.startedAt} />;
    case 'ended':
      return <Age iso={run.endedAt} />;
    case 'duration':
      return <Duration seconds={run.duration} startedAt={run.startedAt} running={run.status === 'RUNNING'} />;
    case 'git.branch':
      return (
        <GitReference
          branch={run.gitBranch}
          sha={run.gitSha}
          dirty={run.gitDirty}
          marked={{ branch: wordsIn('git.branch'), sha: wordsIn('git.sha') }}
        />
      );
    case 'git.sha':
      if (run.gitSha === null) return <Missing />;
      return (
        <code className={classes.text}>
          <Marked text={run.gitSha} words={wordsIn('git.sha')} />
        </code>
      );
    case 'tags':
      return (
        <RunTags key={run.id} runId={run.id} tags={run.tags} tabIndex={tabIndex} marked={wordsIn('tags')} />
      );
    case 'archived':
      return run.archived ? <span>Archived</span> : <Missing />;
    case 'git.dirty':
      return run.gitDirty === null ? <Missing /> : <span>{run.gitDirty ? 'Yes' : 'No'}</span>;
    default:
      return <Text value={TEXTS[field](run)} marked={wordsIn(field)} />;
  }
}

/** The fields that are shown as they are. */
const TEXTS = {
  id: (run) => run.id,
  author: (run) => run.author,
  'git.remote': (run) => run.gitRemote,
  project: (run) => run.project,
  pipeline: (run) => run.pipeline,
  env: (run) => run.env,
  runner: (run) => run.runner,
  command: (run) => run.runCommand,
  kedro_version: (run) => run.kedroVersion,
  notes: (run) => run.notes?.slice(0, 300),
} satisfies Partial<Record<RunField, (run: RunRow) => string | null | undefined>>;

function Text({ value, marked }: { value: string | null | undefined; marked: readonly string[] }) {
  if (!value) return <Missing />;
  return (
    <span className={classes.text} title={value} dir="auto">
      <Marked text={value} words={marked} />
    </span>
  );
}
