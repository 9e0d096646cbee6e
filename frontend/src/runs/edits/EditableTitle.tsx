import { TextInput, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useViewer } from '../../data/project.tsx';
import classes from './EditableTitle.module.css';

export const TITLE_LIMIT = 1000;

type EditableTitleProps = {
  /** Empty if nobody has given one. */
  title: string;
  /** What a run without a title is called, and its id. */
  untitled?: { name: string; id: string };
  /** Resolves to a sentence where the server refused. */
  onSave: (title: string) => Promise<string | undefined>;
};

/** A run's title, edited where it stands: Enter or leaving the field saves, Esc cancels. */
export function EditableTitle({ title, untitled, onSave }: EditableTitleProps) {
  const { mayEdit } = useViewer();
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();
  // Esc takes the focus away, which must not save.
  const cancelled = useRef(false);
  const finish = async () => {
    if (draft === undefined || cancelled.current) return;
    setDraft(undefined);
    if (draft.trim() === title) return;
    const refused = await onSave(draft.trim());
    setProblem(refused);
    if (refused !== undefined) setDraft(draft);
  };
  if (!mayEdit) {
    return (
      <h1 className={classes.title} title={title.length > 60 ? title : untitled?.id}>
        <span className={classes.text} dir="auto">
          {title || untitled?.name}
        </span>
      </h1>
    );
  }
  if (draft === undefined) {
    return (
      <h1 className={classes.title}>
        <Tooltip
          label={
            title === '' && untitled
              ? `${untitled.id}: give it a title`
              : title.length > 60
                ? title
                : 'Edit the title'
          }
          multiline
          maw={480}
          className={classes.tip}
        >
          <button
            type="button"
            className={classes.button}
            onClick={() => {
              cancelled.current = false;
              setDraft(title);
            }}
          >
            <span className={classes.text} dir="auto">
              {title || untitled?.name}
            </span>
            <IconPencil size={14} className={classes.pencil} aria-hidden />
            <span className="visually-hidden">, edit the title</span>
          </button>
        </Tooltip>
      </h1>
    );
  }
  return (
    <TextInput
      className={classes.field}
      size="sm"
      aria-label="Title"
      autoFocus
      maxLength={TITLE_LIMIT}
      dir="auto"
      value={draft}
      placeholder={untitled?.name}
      error={problem}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => {
        // A refused title waits for Enter; else leaving the field would ask again and again.
        if (problem === undefined) void finish();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void finish();
        if (event.key === 'Escape') {
          cancelled.current = true;
          setProblem(undefined);
          setDraft(undefined);
        }
      }}
    />
  );
}
