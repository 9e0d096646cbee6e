import { IconGitBranch } from '@tabler/icons-react';
import { Missing } from '../components/time.tsx';
import classes from './GitReference.module.css';
import { Marked } from './Marked.tsx';

type GitReferenceProps = {
  branch: string | null;
  sha: string | null;
  dirty: boolean | null;
  /** Words to mark in the branch, and in the sha. */
  marked?: { branch: readonly string[]; sha: readonly string[] };
};

/** Branch and short sha of the code that ran; a dot marks changes that were not committed. */
export function GitReference({ branch, sha, dirty, marked }: GitReferenceProps) {
  if (!branch && !sha) return <Missing />;
  const label = [branch, sha, dirty ? 'with uncommitted changes' : undefined].filter(Boolean).join(' · ');
  return (
    <span className={classes.root} title={label}>
      <IconGitBranch size={13} aria-hidden className={classes.icon} />
      {branch && (
        <span className={classes.branch}>
          <Marked text={branch} words={marked?.branch ?? []} />
        </span>
      )}
      {sha && (
        <code className={classes.sha}>
          <Marked text={sha.slice(0, 7)} words={marked?.sha ?? []} />
        </code>
      )}
      {dirty && (
        <span className={classes.dirty}>
          <span className="visually-hidden">uncommitted changes</span>
        </span>
      )}
    </span>
  );
}
