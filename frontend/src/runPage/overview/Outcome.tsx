import { IconAlertOctagon, IconBan, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { DatasetLink } from '../../runs/DatasetLink.tsx';
import type { RunDetails } from '../../runs/runQueries.ts';
import classes from './Outcome.module.css';

/** What ended a run before its time; nothing for one that succeeded or goes on. */
export function Outcome({ run }: { run: RunDetails }) {
  return (
    <>
      {run.status === 'LOST' && <Lost />}
      {run.error && <RunError runId={run.id} error={run.error} calm={run.status === 'CANCELLED'} />}
    </>
  );
}

function Lost() {
  return (
    <section className={classes.error} data-calm aria-label="Lost">
      <div className={classes.errorHead}>
        <IconPlugConnectedX size={18} aria-hidden />
        <div className={classes.errorText}>
          <p>
            <strong>Lost:</strong> the process stopped without reporting (killed, out of memory, or the
            machine went down). What it had recorded until then is below.
          </p>
        </div>
      </div>
    </section>
  );
}

type RunErrorProps = {
  runId: string;
  error: NonNullable<RunDetails['error']>;
  /** Whether somebody ended the run on purpose: no cause for alarm. */
  calm: boolean;
};

function RunError({ runId, error, calm }: RunErrorProps) {
  const Glyph = calm ? IconBan : IconAlertOctagon;
  return (
    <section
      className={classes.error}
      data-calm={calm || undefined}
      aria-label={calm ? 'Cancelled' : 'Error'}
    >
      <div className={classes.errorHead}>
        <Glyph size={18} aria-hidden />
        <div className={classes.errorText}>
          <h2>{error.type}</h2>
          <p>{error.message}</p>
          {error.node && (
            <p className={classes.errorNode}>
              in node <DatasetLink name={error.node} />
              {' · '}
              <Link to="/experiment-tracking/runs/$runId" params={{ runId }} search={{ view: 'nodes' }}>
                Show in timeline
              </Link>
            </p>
          )}
        </div>
      </div>
      {error.traceback && (
        <details className={classes.traceback}>
          <summary>Traceback</summary>
          <CodeBlock code={error.traceback} title="Python" copyLabel="Copy the traceback" maxHeight={360} />
        </details>
      )}
    </section>
  );
}
