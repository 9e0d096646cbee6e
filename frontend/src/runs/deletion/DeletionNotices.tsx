import { Button, CloseButton, Loader } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import classes from '../../components/Notice.module.css';
import { LastingNotices } from '../../components/NoticeStack.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { nameOfRun } from '../runNames.ts';
import type { DeletionNotice } from './Deletions.ts';
import { useDeletions, useDeletionsSnapshot } from './deletionContext.tsx';

/** Tells what was deleted, on every page, and brings it back. */
export function DeletionNotices() {
  const { notices } = useDeletionsSnapshot();
  if (notices.length === 0) return null;
  return (
    <LastingNotices>
      {notices.map((notice) => (
        <Notice key={notice.key} notice={notice} />
      ))}
    </LastingNotices>
  );
}

const RESTORED_FOR_MS = 6000;

function Notice({ notice }: { notice: DeletionNotice }) {
  const { key, state, withFiles, problem } = notice;
  const deletions = useDeletions();
  const box = useRef<HTMLDivElement>(null);
  // What had the focus is gone with the runs. From here, the next stop is Undo; Enter alone does nothing.
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    if (state !== 'restored') return;
    const timer = setTimeout(() => deletions.dismiss(key), RESTORED_FOR_MS);
    return () => clearTimeout(timer);
  }, [state, key, deletions]);
  const Glyph = problem ? IconAlertTriangle : state === 'restored' ? IconCheck : IconTrash;
  return (
    <section
      ref={box}
      className={classes.notice}
      aria-label={say(notice)}
      tabIndex={-1}
      data-problem={problem !== undefined || undefined}
    >
      <Glyph size={16} aria-hidden className={classes.icon} />
      <div className={classes.text} role={problem ? 'alert' : 'status'}>
        <p className={classes.title}>{say(notice)}</p>
        {problem && <p>{problem}</p>}
        {state === 'gone' && (
          <p className={classes.detail}>
            <code>kedro viz</code> has ended since, and then removed what was deleted.
          </p>
        )}
        {withFiles && state === 'deleted' && (
          <p className={classes.detail}>
            The versioned files are removed when <code>kedro viz</code> ends.
          </p>
        )}
      </div>
      {(state === 'deleting' || state === 'restoring') && <Loader size={14} aria-label="Working" />}
      {state === 'deleted' && (
        <Button
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => {
            // The button goes while the runs are on their way back.
            box.current?.focus();
            void deletions.restore(key);
          }}
        >
          Undo
        </Button>
      )}
      {state !== 'deleting' && state !== 'restoring' && (
        <CloseButton size="sm" aria-label="Dismiss" onClick={() => deletions.dismiss(key)} />
      )}
    </section>
  );
}

function say({ runs, state, problem }: DeletionNotice): string {
  const [first] = runs;
  const what =
    runs.length === 1 && first ? `“${nameOfRun(first).slice(0, 80)}”` : countOf(runs.length, 'run');
  const are = runs.length === 1 ? 'is' : 'are';
  switch (state) {
    case 'deleting':
      return `Deleting ${what} …`;
    case 'deleted':
      return problem ? `${what} could not be brought back` : `${what} deleted`;
    case 'restoring':
      return `Bringing ${what} back …`;
    case 'restored':
      return `${what} ${are} back`;
    case 'gone':
      return `${what} cannot be brought back any more`;
    case 'refused':
      return `${what} could not be deleted`;
  }
}
