import { Button } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight, IconFlask2 } from '@tabler/icons-react';
import { useState } from 'react';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { CodeBlock } from '../components/CodeBlock.tsx';
import classes from './FlowchartPage.module.css';
import type { Flowchart } from './graph.ts';

type ImportProblemProps = {
  error: NonNullable<Flowchart['error']>;
  /** Whether it has the page to itself, because there is no flowchart to show. */
  whole?: boolean;
};

/** Says why the project's pipelines could not be imported, with the traceback. */
export function ImportProblem({ error, whole = false }: ImportProblemProps) {
  const [open, setOpen] = useState(whole);
  const Title = whole ? 'h1' : 'h2';
  return (
    <section className={whole ? classes.problemPage : classes.problemBar} role="alert">
      <div className={classes.problem}>
        <Title className={classes.problemTitle}>
          <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
          {whole
            ? 'Your pipelines could not be imported'
            : 'Your pipelines could not be imported again; this is how they were'}
        </Title>
        <p className={classes.problemMessage}>
          <strong>{error.type}</strong>
          {error.message && `: ${error.message}`}
        </p>
        {whole && (
          <p className={classes.problemHelp}>
            Correct the project’s code and start <code>kedro viz</code> again; with <code>--autoreload</code>,
            this page follows by itself. The experiments do not need the pipelines: they work.
          </p>
        )}
        <div className={classes.problemActions}>
          {error.traceback && (
            <Button
              variant="default"
              aria-expanded={open}
              leftSection={<IconChevronRight size={14} aria-hidden className={classes.chevron} />}
              onClick={() => setOpen(!open)}
            >
              Traceback
            </Button>
          )}
          {whole && (
            <ButtonLink
              to="/experiment-tracking"
              search={{}}
              leftSection={<IconFlask2 size={14} aria-hidden />}
            >
              Go to the experiments
            </ButtonLink>
          )}
        </div>
        {open && error.traceback && (
          <div className={classes.traceback}>
            <CodeBlock
              code={error.traceback}
              title="Traceback"
              copyLabel="Copy the traceback"
              maxHeight={420}
            />
          </div>
        )}
      </div>
    </section>
  );
}
