import { Button, CloseButton, Progress } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useProject } from '../data/project.tsx';
import { formatCount } from '../formatting/numbers.ts';
import classes from './Notices.module.css';

/** What was dismissed on one page stays away from the others. */
let dismissedBefore: ReadonlySet<string> = new Set();

/** A catalog may have a hundred entries that cannot be used: the page must stay in sight. */
const MOST_AT_ONCE = 3;

/** What the server has to say of the project: problems, each until it is dismissed, and the progress of indexing. */
export function Notices() {
  const { project } = useProject();
  const [dismissed, setDismissed] = useState(dismissedBefore);
  const [all, setAll] = useState(false);
  if (!project) return null;
  const problems = project.problems
    .map((problem) => ({ ...problem, key: `${problem.title}\n${problem.detail}` }))
    .filter(({ key }) => !dismissed.has(key));
  const shown = all ? problems : problems.slice(0, MOST_AT_ONCE);
  const { running, done, total } = project.indexing;
  return (
    <>
      {shown.map(({ key, title, detail }) => (
        <div key={key} className={classes.problem} role="status">
          <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
          <div className={classes.text}>
            <strong>{title}</strong> <span>{detail}</span>
          </div>
          <CloseButton
            size="sm"
            aria-label={`Dismiss: ${title}`}
            onClick={() => {
              dismissedBefore = new Set([...dismissed, key]);
              setDismissed(dismissedBefore);
            }}
          />
        </div>
      ))}
      {problems.length > MOST_AT_ONCE && (
        <div className={classes.problem}>
          <Button variant="subtle" size="compact-sm" aria-expanded={all} onClick={() => setAll(!all)}>
            {all
              ? 'Show fewer problems'
              : `Show ${formatCount(problems.length - MOST_AT_ONCE)} more problems`}
          </Button>
        </div>
      )}
      {running && (
        <div className={classes.indexing}>
          <Progress
            size={3}
            radius={0}
            value={total === 0 ? 0 : (100 * done) / total}
            aria-label="Indexing of the files of earlier runs"
          />
          <span className={classes.indexingText}>
            Reading the files of earlier runs
            {total > 0 && `: ${formatCount(done)} of ${formatCount(total)}`}
          </span>
        </div>
      )}
    </>
  );
}
