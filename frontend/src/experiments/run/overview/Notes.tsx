import { Button, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './Notes.module.css';
import { type Inline, parseNotes } from './parseNotes.ts';

export const NOTES_LIMIT = 100_000;

type NotesProps = {
  notes: string;
  /** Resolves to a sentence where the server refused. */
  onSave: (notes: string) => Promise<string | undefined>;
};

/** A run's notes, edited where they stand: Ctrl or Cmd with Enter saves, Esc cancels. */
export function Notes({ notes, onSave }: NotesProps) {
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();
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
        {notes.trim() === '' ? (
          <button type="button" className={classes.empty} onClick={() => setDraft(notes)}>
            Add notes…
          </button>
        ) : (
          <>
            <div className={classes.text} dir="auto">
              {parseNotes(notes).map((block, index) => {
                // The text is parsed as a whole: its blocks have no other identity.
                const key = index;
                return block.kind === 'list' ? (
                  <ul key={key}>{block.lines.map((line) => listItem(line))}</ul>
                ) : (
                  <p key={key}>{block.lines.map((line, at) => [at > 0 && '\n', ...line.map(toElement)])}</p>
                );
              })}
            </div>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconPencil size={13} aria-hidden />}
              onClick={() => setDraft(notes)}
            >
              Edit notes
            </Button>
          </>
        )}
      </div>
    );
  }
  return (
    <div>
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
      <div className={classes.actions}>
        <Button variant="filled" onClick={save}>
          Save notes
        </Button>
        <Button variant="subtle" color="gray" onClick={cancel}>
          Cancel
        </Button>
        <span className={classes.hint}>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves · **strong**, *emphasis*, `code`, - points
        </span>
      </div>
    </div>
  );
}

function listItem(line: Inline[]) {
  return <li key={line.map(({ text }) => text).join()}>{line.map(toElement)}</li>;
}

function toElement(piece: Inline, index: number) {
  switch (piece.kind) {
    case 'strong':
      return <strong key={index}>{piece.text}</strong>;
    case 'emphasis':
      return <em key={index}>{piece.text}</em>;
    case 'code':
      return <code key={index}>{piece.text}</code>;
    case 'link':
      return (
        <a key={index} href={piece.href} target="_blank" rel="noreferrer noopener">
          {piece.text}
        </a>
      );
    default:
      return piece.text;
  }
}
