import type { ReactNode } from 'react';
import { CopyButton } from '../../../components/CopyButton.tsx';
import { Duration, Missing, RelativeTime } from '../../../components/time.tsx';
import { formatExactTime } from '../../../formatting/time.ts';
import { GitReference } from '../../GitReference.tsx';
import type { RunDetails } from '../../runQueries.ts';
import classes from './Facts.module.css';

/** What a run was: when, who, how. */
export function Facts({ run }: { run: RunDetails }) {
  const running = run.status === 'RUNNING';
  return (
    <dl className={classes.facts}>
      <Fact name="Started">
        {run.startedAt === null ? (
          <Missing />
        ) : (
          <>
            <RelativeTime iso={run.startedAt} />
            <span className={classes.exact}>{formatExactTime(run.startedAt)}</span>
          </>
        )}
      </Fact>
      <Fact name={running ? 'Running for' : 'Duration'}>
        <Duration seconds={run.duration} startedAt={run.startedAt} running={running} />
      </Fact>
      <Fact name="Author">{run.author || <Missing />}</Fact>
      <Fact name="Git">
        <span className={classes.git}>
          <GitReference branch={run.gitBranch} sha={run.gitSha} dirty={run.gitDirty} />
          {run.gitSha && <CopyButton text={run.gitSha} label="Copy the commit" size={20} />}
        </span>
        {run.gitDirty && <span className={classes.exact}>with uncommitted changes</span>}
      </Fact>
      <Fact name="Command">
        {run.runCommand ? (
          <span className={classes.command}>
            <code>
              {run.runCommand.split(' ').map((word, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: words of one text
                <span key={index}>{word}&nbsp;</span>
              ))}
            </code>
            <CopyButton text={run.runCommand} label="Copy the command" size={20} />
          </span>
        ) : (
          <Missing />
        )}
      </Fact>
      <Fact name="Pipeline">{run.pipeline || <Missing />}</Fact>
      <Fact name="Environment">{run.env || <Missing />}</Fact>
      <Fact name="Runner">{run.runner || <Missing />}</Fact>
      <Fact name="Kedro">{run.kedroVersion || <Missing />}</Fact>
      <Fact name="Run id">
        <span className={classes.command}>
          <code>{run.id}</code>
          <CopyButton text={run.id} label="Copy the id" size={20} />
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
