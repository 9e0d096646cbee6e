import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { RelativeTime } from '../components/time.tsx';
import { useViewer } from '../data/project.tsx';
import { NameForm } from './NameForm.tsx';
import classes from './ViewRow.module.css';
import type { SavedView } from './viewQueries.ts';
import { readViewState } from './viewState.ts';

type ViewRowProps = {
  view: SavedView;
  isOpen: boolean;
  onOpen: () => void;
  /** @returns the view with its new name; undefined where that was refused */
  onRename: (name: string) => Promise<SavedView | undefined>;
  /** Told that the name is left as it was. */
  onCancel: () => void;
  onDelete: () => void;
};

/** A saved view in the menu: whose it is, and what can be done with it. */
export function ViewRow({ view, isOpen, onOpen, onRename, onCancel, onDelete }: ViewRowProps) {
  const [naming, setNaming] = useState(false);
  const { mayEdit } = useViewer();
  const router = useRouter();
  const link = () => {
    const search = { ...readViewState(view.state), saved: view.id };
    return window.location.origin + router.buildLocation({ to: '/experiment-tracking', search }).publicHref;
  };
  if (naming) {
    return (
      <li className={classes.naming}>
        <NameForm
          label={`New name of ${view.name}`}
          name={view.name}
          action="Rename"
          onSave={async (name) => {
            if ((await onRename(name)) !== undefined) setNaming(false);
          }}
          onCancel={() => {
            setNaming(false);
            onCancel();
          }}
        />
      </li>
    );
  }
  return (
    <li className={classes.row} data-open={isOpen || undefined}>
      <button
        type="button"
        className={classes.open}
        aria-current={isOpen ? 'true' : undefined}
        onClick={onOpen}
      >
        <span className={classes.name} dir="auto">
          {view.name}
        </span>
        <span className={classes.meta}>
          <bdi>{view.updatedBy ?? view.createdBy ?? 'somebody'}</bdi>
          {view.createdBy !== null && view.updatedBy !== null && view.createdBy !== view.updatedBy && (
            <>
              , first by <bdi>{view.createdBy}</bdi>
            </>
          )}
          {' · '}
          <RelativeTime iso={view.updatedAt} />
        </span>
      </button>
      <span className={classes.actions}>
        <CopyButton text={link} label={`Copy link to ${view.name}`} />
        {mayEdit && (
          <>
            <Tooltip label={`Rename ${view.name}`}>
              <ActionIcon size={24} aria-label={`Rename ${view.name}`} onClick={() => setNaming(true)}>
                <IconPencil size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={`Delete ${view.name}`}>
              <ActionIcon size={24} aria-label={`Delete ${view.name}`} onClick={onDelete}>
                <IconTrash size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </span>
    </li>
  );
}
