import { CopyButton } from '../../components/CopyButton.tsx';
import { shellWord } from '../../formatting/shellWords.ts';
import { GitReference } from '../../runs/GitReference.tsx';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { GitRemote } from '../GitRemote.tsx';
import classes from './GitState.module.css';

/** Where the code that ran stood in git. */
export function GitState({ run, diffKept }: { run: RunOnPage; diffKept: boolean }) {
  const { gitBranch, gitSha, gitDirty, gitRemote } = run;
  if (!gitBranch && !gitSha) {
    return <p className={classes.none}>The project was in no git repository, or it could not be read.</p>;
  }
  return (
    <div className={classes.root}>
      <GitReference branch={gitBranch} sha={gitSha} dirty={gitDirty} />
      {gitSha && <CopyButton text={shellWord(gitSha)} label="Copy the commit" size={20} />}
      {gitDirty !== null && (
        <span className={classes.state} data-dirty={gitDirty}>
          {gitDirty
            ? diffKept || run.status === 'RUNNING'
              ? 'with uncommitted changes'
              : 'with uncommitted changes, which were not kept'
            : 'nothing uncommitted'}
        </span>
      )}
      {gitRemote && (
        <span className={classes.remote}>
          <GitRemote remote={gitRemote} />
        </span>
      )}
    </div>
  );
}
