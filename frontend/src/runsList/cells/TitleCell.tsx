import { IconPencil } from '@tabler/icons-react';
import { type MouseEvent, useRef } from 'react';
import { useViewer } from '../../data/project.tsx';
import { address } from '../../data/server/address.ts';
import { TITLE_LIMIT } from '../../runs/edits/EditableTitle.tsx';
import { Marked } from '../../runs/Marked.tsx';
import { isUntitled, nameOfRun } from '../../runs/runNames.ts';
import type { RunRow } from '../runsQuery.ts';
import type { CellActions } from './cellActions.ts';
import classes from './cells.module.css';
import type { HiddenMatch } from './foundInRun.ts';

type TitleCellProps = {
  run: RunRow;
  editing: boolean;
  tabIndex: number;
  /** Words to mark in the title. */
  marked: readonly string[];
  /** Why the search has found the run, where no column shows it. */
  hidden: readonly HiddenMatch[];
  actions: CellActions;
};

/** A run's title, which leads to its page, and is edited in place. */
export function TitleCell({ run, editing, tabIndex, marked, hidden, actions }: TitleCellProps) {
  const { mayEdit } = useViewer();
  if (editing && mayEdit) return <TitleField run={run} actions={actions} />;
  const untitled = isUntitled(run);
  const [first] = hidden;
  const title = (
    <>
      {/* A link of the router costs too much in each of the rows that one scrolls past. */}
      <a
        className={classes.title}
        href={address(`/experiment-tracking/runs/${encodeURIComponent(run.id)}`)}
        title={untitled ? run.id : run.title}
        data-untitled={untitled || undefined}
        dir="auto"
        tabIndex={tabIndex}
        onClick={(event) => {
          if (!isPlain(event)) return;
          event.preventDefault();
          actions.onOpen(run);
        }}
      >
        <Marked text={nameOfRun(run)} words={marked} />
      </a>
      {untitled && run.pipeline && run.pipeline !== '__default__' && (
        <span className={classes.aside}>{run.pipeline}</span>
      )}
    </>
  );
  return (
    <>
      {first === undefined ? (
        title
      ) : (
        <span className={classes.lines}>
          <span className={classes.line}>{title}</span>
          <FoundIn first={first} hidden={hidden} />
        </span>
      )}
      {mayEdit && (
        <button
          type="button"
          className={classes.pencil}
          aria-label={`Edit the title of ${nameOfRun(run).slice(0, 80)}`}
          title="Edit the title (F2)"
          tabIndex={tabIndex}
          onClick={() => actions.onEditTitle(run.id)}
        >
          <IconPencil size={13} aria-hidden />
        </button>
      )}
    </>
  );
}

/** Says in a line where a word stands that nothing else in the row shows; there may be more of them. */
function FoundIn({ first, hidden }: { first: HiddenMatch; hidden: readonly HiddenMatch[] }) {
  const inFull = hidden.map(({ word, field, text }) => `“${word}” in ${field}: ${text}`).join('\n');
  return (
    <span className={classes.foundIn} title={inFull}>
      <span dir="auto">{`in ${first.label}: `}</span>
      <span dir="auto">
        <Marked text={first.text} words={[first.word]} />
      </span>
      {hidden.length > 1 && <span>+{hidden.length - 1}</span>}
    </span>
  );
}

/** Whether a click on a link means this page, and no other tab or window. */
function isPlain({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}

/** Enter or leaving the field saves, Esc cancels. */
function TitleField({ run, actions }: { run: RunRow; actions: CellActions }) {
  const done = useRef(false);
  const finish = (title: string | undefined) => {
    if (done.current) return;
    done.current = true;
    actions.onEditTitle(undefined);
    // A title that is taken away gives the run its default one back.
    const next = title?.trim() || run.id;
    if (title !== undefined && next !== run.title) actions.onTitleChange(run, next);
  };
  return (
    <input
      className={classes.field}
      aria-label="Title"
      // biome-ignore lint/a11y/noAutofocus: it takes the place of what was just pressed
      autoFocus
      maxLength={TITLE_LIMIT}
      dir="auto"
      defaultValue={isUntitled(run) ? '' : run.title}
      placeholder={nameOfRun(run)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        finish(event.key === 'Enter' ? event.currentTarget.value : undefined);
        // The field goes; from the grid, keys move on through the rows.
        event.currentTarget.closest<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
      }}
    />
  );
}
