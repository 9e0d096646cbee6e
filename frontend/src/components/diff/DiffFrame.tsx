import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { shellPath } from '../../formatting/shellWords.ts';
import { CopyButton } from '../CopyButton.tsx';
import classes from './DiffFrame.module.css';
import type { LineCounts } from './diffLine.ts';

type DiffFrameProps = {
  path: string;
  /** Its path before, where it was renamed or copied. */
  previousPath?: string;
  /** What became of the file, in a word: "added", "renamed". */
  change?: string;
  counts?: LineCounts;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Shown while it is open. */
  children: ReactNode;
};

/** A file of a diff: its name and what changed, and the diff itself below, which opens and closes. */
export function DiffFrame(props: DiffFrameProps) {
  const { path, previousPath, change, counts, open, onOpenChange, children } = props;
  return (
    <section className={classes.root} aria-label={path.slice(0, 300)}>
      <div className={classes.head} data-open={open || undefined}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          onClick={() => onOpenChange(!open)}
        >
          <IconChevronRight size={14} aria-hidden className={classes.chevron} />
          <span className={classes.path} dir="ltr">
            {previousPath !== undefined && (
              <>
                <bdi>{previousPath}</bdi>
                <span className={classes.arrow}> → </span>
              </>
            )}
            <bdi>{path}</bdi>
          </span>
          {change !== undefined && (
            <span className={classes.change} data-change={change}>
              {change}
            </span>
          )}
          {counts && <Counts counts={counts} />}
        </button>
        <CopyButton text={shellPath(path)} label="Copy the path" />
      </div>
      {open && children}
    </section>
  );
}

/** "+12 −3". */
export function Counts({ counts }: { counts: LineCounts }) {
  return (
    <span className={classes.counts}>
      {counts.added > 0 && (
        <span data-kind="added">
          +{counts.added}
          <span className="visually-hidden"> lines added</span>
        </span>
      )}
      {counts.removed > 0 && (
        <span data-kind="removed">
          −{counts.removed}
          <span className="visually-hidden"> lines removed</span>
        </span>
      )}
    </span>
  );
}

/** Says something of a file in place of its diff, or above it. */
export function DiffNote({ children }: { children: ReactNode }) {
  return <p className={classes.note}>{children}</p>;
}
