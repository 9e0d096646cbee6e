import { Button, CloseButton, Loader } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import classes from '../../components/Notice.module.css';
import { useRunEdits } from './editsContext.tsx';
import type { EditNotice } from './RunEdits.ts';

/** Tells what was edited, on every page, and takes it back. */
export function EditNotices() {
  const edits = useRunEdits();
  const notices = useSyncExternalStore(edits.subscribe, edits.getSnapshot);
  return notices.map((notice) => <Notice key={notice.key} notice={notice} />);
}

/** So long an edit can be taken back here. */
const OFFERED_FOR_MS = 12_000;
const UNDONE_FOR_MS = 4_000;

function Notice({ notice }: { notice: EditNotice }) {
  const { key, text, state, problem } = notice;
  const edits = useRunEdits();
  useEffect(() => {
    if (problem !== undefined || (state !== 'done' && state !== 'undone')) return;
    const timer = setTimeout(() => edits.dismiss(key), state === 'done' ? OFFERED_FOR_MS : UNDONE_FOR_MS);
    return () => clearTimeout(timer);
  }, [state, problem, key, edits]);
  const title =
    state === 'refused' ? `Not saved: ${text}` : state === 'undone' ? `Taken back: ${text}` : text;
  const Glyph = problem ? IconAlertTriangle : IconCheck;
  return (
    <section className={classes.notice} aria-label={title} data-problem={problem !== undefined || undefined}>
      <Glyph size={16} aria-hidden className={classes.icon} />
      <div className={classes.text} role={problem ? 'alert' : 'status'}>
        <p className={classes.title} dir="auto">
          {title}
        </p>
        {problem && <p>{problem}</p>}
      </div>
      {(state === 'saving' || state === 'undoing') && <Loader size={14} aria-label="Working" />}
      {state === 'done' && (
        <Button leftSection={<IconArrowBackUp size={14} aria-hidden />} onClick={() => void edits.undo(key)}>
          Undo
        </Button>
      )}
      {state !== 'saving' && state !== 'undoing' && (
        <CloseButton size="sm" aria-label="Dismiss" onClick={() => edits.dismiss(key)} />
      )}
    </section>
  );
}
