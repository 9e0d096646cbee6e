import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useViewer } from '../../data/project.tsx';
import classes from './Notes.module.css';

const Markdown = lazy(() => import('../../components/Markdown.tsx'));

export const NOTES_LIMIT = 100_000;

type NotesProps = {
  notes: string;
  /** Resolves to a sentence where the server refused. */
  onSave: (notes: string) => Promise<string | undefined>;
};

/** A run's notes, in Markdown, edited where they stand: Ctrl or Cmd with Enter saves, Esc cancels. */
export function Notes({ notes, onSave }: NotesProps) {
  const { mayEdit } = useViewer();
  const [draft, setDraft] = useState<string>();
  const [previewing, setPreviewing] = useState(false);
  const [problem, setProblem] = useState<string>();
  const edit = () => {
    setDraft(notes);
    setPreviewing(false);
  };
  const save = async () => {
    if (draft === undefined) return;
    setDraft(undefined);
    if (draft === notes) return;
    const refused = await onSave(draft);
    setProblem(refused);
    if (refused !== undefined) setDraft(draft);
  };
  const cancel = () => {
    setDraft(undefined);
    setProblem(undefined);
  };
  if (draft === undefined) {
    return (
      <div className={classes.view}>
        {notes.trim() === '' && !mayEdit ? (
          <p className={classes.plain}>There are no notes.</p>
        ) : notes.trim() === '' ? (
          <button type="button" className={classes.empty} onClick={edit}>
            Add notes…
          </button>
        ) : (
          <>
            <section
              className={classes.text}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
              tabIndex={0}
              aria-label="Notes"
            >
              <Shown text={notes} />
            </section>
            {mayEdit && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                leftSection={<IconPencil size={13} aria-hidden />}
                onClick={edit}
              >
                Edit notes
              </Button>
            )}
          </>
        )}
      </div>
    );
  }
  return (
    <div>
      <SegmentedControl
        className={classes.modes}
        size="xs"
        aria-label="Write the notes, or see them as they will be"
        value={previewing ? 'preview' : 'write'}
        onChange={(mode) => setPreviewing(mode === 'preview')}
        data={[
          { value: 'write', label: 'Write' },
          { value: 'preview', label: 'Preview' },
        ]}
      />
      {previewing ? (
        <section
          className={classes.preview}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
          tabIndex={0}
          aria-label="Preview of the notes"
        >
          {draft.trim() === '' ? <p>Nothing to show yet.</p> : <Shown text={draft} />}
        </section>
      ) : (
        <Textarea
          aria-label="Notes"
          autosize
          autoFocus
          minRows={3}
          maxRows={20}
          maxLength={NOTES_LIMIT}
          dir="auto"
          value={draft}
          error={problem}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') cancel();
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
          }}
        />
      )}
      <div className={classes.actions}>
        <Button variant="filled" onClick={save}>
          Save notes
        </Button>
        <Button variant="subtle" color="gray" onClick={cancel}>
          Cancel
        </Button>
        <span className={classes.hint}>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves · Markdown
        </span>
      </div>
    </div>
  );
}

/** Until what reads Markdown is here, the text as it was written. */
function Shown({ text }: { text: string }) {
  return (
    <Suspense fallback={<p className={classes.plain}>{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
}
