import { IconGitBranch } from '@tabler/icons-react';
import { Missing } from '../components/time.tsx';
import classes from './GitReference.module.css';

type GitReferenceProps = { branch: string | null; sha: string | null; dirty: boolean | null };

/** Branch and short sha of the code that ran; a dot marks changes that were not committed. */
export function GitReference({ branch, sha, dirty }: GitReferenceProps) {
  if (!branch && !sha) return <Missing />;
  const label = [branch, sha, dirty ? 'with uncommitted changes' : undefined].filter(Boolean).join(' · ');
  return (
    <span className={classes.root} title={label}>
      <IconGitBranch size={13} aria-hidden className={classes.icon} />
      {branch && <span className={classes.branch}>{branch}</span>}
      {sha && <code className={classes.sha}>{sha.slice(0, 7)}</code>}
      {dirty && (
        <span className={classes.dirty}>
          <span className="visually-hidden">uncommitted changes</span>
        </span>
      )}
    </span>
  );
}
