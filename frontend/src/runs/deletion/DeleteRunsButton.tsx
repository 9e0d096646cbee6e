import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useViewer } from '../../data/project.tsx';
import { countOf } from '../../formatting/numbers.ts';
import classes from './DeleteRunsButton.module.css';

const DeleteRunsDialog = lazy(() => import('./DeleteRunsDialog.tsx'));

type DeleteRunsButtonProps = {
  runIds: string[];
  /** Told the runs that are being deleted, before the server has answered. */
  onDelete?: (runIds: string[]) => void;
};

/** Deletes runs, once somebody has confirmed it. */
export function DeleteRunsButton({ runIds, onDelete }: DeleteRunsButtonProps) {
  const { mayDelete } = useViewer();
  const [opened, setOpened] = useState(false);
  // The dialog stays in the page until it has closed itself.
  const [used, setUsed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!mayDelete) return null;
  return (
    <>
      <Button
        ref={button}
        className={classes.button}
        leftSection={<IconTrash size={14} aria-hidden />}
        aria-label={runIds.length === 1 ? 'Delete the run' : `Delete ${countOf(runIds.length, 'run')}`}
        aria-haspopup="dialog"
        onClick={() => {
          setUsed(true);
          setOpened(true);
        }}
      >
        <span className={classes.wideOnly}>Delete</span>
      </Button>
      {used && (
        <Suspense>
          <DeleteRunsDialog
            runIds={runIds}
            opened={opened}
            onCancel={() => {
              setOpened(false);
              button.current?.focus();
            }}
            onConfirm={(deleted) => {
              // The button may be gone with the runs: the notice takes the focus.
              setOpened(false);
              onDelete?.(deleted);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
