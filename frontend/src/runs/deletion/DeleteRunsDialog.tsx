import { Button, Checkbox, Loader, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { countOf } from '../../formatting/numbers.ts';
import { type NamedRun, nameOfRun, namesOf } from '../runNames.ts';
import classes from './DeleteRunsDialog.module.css';
import { useDeletions } from './deletionContext.tsx';
import { RunsToDeleteQuery } from './deletionQueries.ts';

type DeleteRunsDialogProps = QuestionProps & { opened: boolean };

/** Asks whether runs are to be deleted: which, and whether with their files. */
export default function DeleteRunsDialog({ opened, ...question }: DeleteRunsDialogProps) {
  const { runIds, onCancel } = question;
  return (
    <Modal
      opened={opened}
      onClose={onCancel}
      returnFocus={false}
      title={runIds.length === 1 ? 'Delete this run?' : `Delete ${countOf(runIds.length, 'run')}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
      centered
      classNames={{ content: classes.content, header: classes.header, title: classes.title }}
    >
      <Question {...question} />
    </Modal>
  );
}

// More names would say no more.
const NAMED = 6;

type QuestionProps = {
  runIds: string[];
  onCancel: () => void;
  /** Told the runs that are being deleted; the focus is then on the notice of it. */
  onConfirm: (runIds: string[]) => void;
};

function Question({ runIds, onCancel, onConfirm }: QuestionProps) {
  const deletions = useDeletions();
  const [withFiles, setWithFiles] = useState(false);
  // Whether a run still goes on may have changed since the list was loaded.
  const [{ data, error, fetching }] = useQuery({
    query: RunsToDeleteQuery,
    variables: { runIds },
    requestPolicy: 'network-only',
  });
  const runs = data?.runMetadata ?? [];
  const running = runs.filter(({ status }) => status === 'RUNNING');
  const ended = runs.filter(({ status }) => status !== 'RUNNING');
  const confirm = () => {
    void deletions.delete(
      ended.map(({ id, title, startedAt }) => ({ id, title, startedAt })),
      withFiles,
    );
    onConfirm(ended.map(({ id }) => id));
  };
  return (
    <div className={classes.root}>
      {fetching && !data ? (
        <Loader size="sm" aria-label="Loading" />
      ) : error && !data ? (
        <p className={classes.problem} role="alert">
          {error.networkError ? 'The server did not answer.' : error.message}
        </p>
      ) : (
        <>
          {running.length > 0 && (
            <p className={classes.running}>
              <IconAlertTriangle size={16} aria-hidden />
              <span>
                {running.length === 1 ? 'This one is still running' : `${running.length} are still running`},
                and can be deleted when {running.length === 1 ? 'it has' : 'they have'} ended:{' '}
                <bdi>{namesOf(running, NAMED)}</bdi>
              </span>
            </p>
          )}
          {ended.length > 0 && <Names runs={ended} />}
          {ended.length === 0 && running.length === 0 && <p>They are not there any more.</p>}
        </>
      )}
      {ended.length > 0 && (
        <>
          <p>
            {ended.length === 1 ? 'Its record goes' : 'Their records go'}: metrics, parameters, nodes, code
            and notes. You can undo that for as long as this page is open.
          </p>
          <Checkbox
            checked={withFiles}
            classNames={{ description: classes.description }}
            onChange={(event) => setWithFiles(event.currentTarget.checked)}
            label={`Also delete the versioned files of ${ended.length === 1 ? 'this run' : 'these runs'}`}
            description={
              <>
                What {ended.length === 1 ? 'it' : 'they'} saved to versioned datasets of the catalog: plots,
                models, tracked metrics. The files are removed when <code>kedro viz</code> ends, so undo keeps
                them. Without this they stay where they are.
              </>
            }
          />
        </>
      )}
      <div className={classes.actions}>
        <Button onClick={onCancel} data-autofocus>
          Cancel
        </Button>
        <Button className={classes.delete} disabled={ended.length === 0} onClick={confirm}>
          {ended.length < 2 ? 'Delete' : `Delete ${countOf(ended.length, 'run')}`}
        </Button>
      </div>
    </div>
  );
}

function Names({ runs }: { runs: NamedRun[] }) {
  return (
    <ul className={classes.names}>
      {runs.slice(0, NAMED).map((run) => (
        <li key={run.id} dir="auto" title={run.id}>
          {nameOfRun(run)}
        </li>
      ))}
      {runs.length > NAMED && (
        <li className={classes.more}>and {countOf(runs.length - NAMED, 'more', 'more')}</li>
      )}
    </ul>
  );
}
