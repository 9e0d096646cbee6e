import type { ReactNode } from 'react';
import { CopyButton } from '../../components/CopyButton.tsx';
import { VisibleText } from '../../components/code/VisibleText.tsx';
import { Duration, Missing, RelativeTime } from '../../components/time.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import { formatCount } from '../../formatting/numbers.ts';
import { recordedCommand, shellWord } from '../../formatting/shellWords.ts';
import { formatExactTime } from '../../formatting/time.ts';
import { GitReference } from '../../runs/GitReference.tsx';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { GitRemote } from '../GitRemote.tsx';
import { recordState } from '../recordState.ts';
import classes from './Facts.module.css';
import { reproducingCommand } from './reproducingCommand.ts';

/** What a run was: when, who, how. */
export function Facts({ run }: { run: RunOnPage }) {
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
      {run.peakMemory !== null && (
        <Fact name="Peak memory">
          <span title={`${formatCount(run.peakMemory)} bytes: the most that one of its processes held`}>
            {formatBytes(run.peakMemory)}
          </span>
        </Fact>
      )}
      <Fact name="Author">{run.author || <Missing />}</Fact>
      <Fact name="Git">
        <span className={classes.git}>
          <GitReference branch={run.gitBranch} sha={run.gitSha} dirty={run.gitDirty} />
          {run.gitSha && <CopyButton text={shellWord(run.gitSha)} label="Copy the commit" size={20} />}
        </span>
        {run.gitDirty && <span className={classes.exact}>with uncommitted changes</span>}
        {run.gitRemote && (
          <span className={classes.exact}>
            <GitRemote remote={run.gitRemote} />
          </span>
        )}
      </Fact>
      <Fact name="Command">
        {run.runCommand ? <RecordedCommand command={run.runCommand} /> : <Missing />}
      </Fact>
      {recordState(run) !== 'older' && <Reproduce runId={run.id} />}
      {run.project && <Fact name="Project">{run.project}</Fact>}
      <Fact name="Pipeline">{run.pipeline || <Missing />}</Fact>
      <Fact name="Kedro env">{run.env || <Missing />}</Fact>
      <Fact name="Runner">{run.runner || <Missing />}</Fact>
      <Fact name="Kedro">{run.kedroVersion || <Missing />}</Fact>
      <Fact name="Run id">
        <span className={classes.command}>
          <code>{run.id}</code>
          <CopyButton text={shellWord(run.id)} label="Copy the id" size={20} />
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

/** The command that started a run: to copy, if it is one of Kedro's. Others come from no run, and are only shown. */
function RecordedCommand({ command }: { command: string }) {
  const line = recordedCommand(command);
  if (line !== undefined) return <Command line={line} label="Copy the command" />;
  return (
    <code>
      <VisibleText text={command} />
    </code>
  );
}

/** A command line to read and to copy; it is broken between words. */
function Command({ line, label }: { line: string; label: string }) {
  return (
    <span className={classes.command}>
      <code>
        {line.split(' ').map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words of one text
          <span key={index}>{word}&nbsp;</span>
        ))}
      </code>
      <CopyButton text={line} label={label} size={20} />
    </span>
  );
}

/** How to get this run's code and configuration back. */
function Reproduce({ runId }: { runId: string }) {
  return (
    <Fact name="Reproduce">
      <Command line={reproducingCommand(runId)} label="Copy the command that reproduces the run" />
    </Fact>
  );
}
