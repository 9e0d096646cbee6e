import { useEditRuns } from '../../runs/runDetails.ts';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { Section } from '../Section.tsx';
import { Artifacts, artifactsOf } from './Artifacts.tsx';
import { Facts } from './Facts.tsx';
import { MetricValues } from './MetricValues.tsx';
import { Notes } from './Notes.tsx';
import { Outcome } from './Outcome.tsx';
import classes from './Overview.module.css';
import { Parameters } from './Parameters.tsx';
import { SeriesSummary } from './SeriesSummary.tsx';
import { TrackedJson } from './TrackedJson.tsx';

/** The tab "Overview": what a run was, what it measured, what it was given. */
export function Overview({ run }: { run: RunOnPage }) {
  const edit = useEditRuns();
  const running = run.status === 'RUNNING';
  const artifacts = artifactsOf(run);
  // Of metrics, what is missing stands beside those that are there.
  const measured = new Set(run.metrics.map(({ dataset }) => dataset));
  const [problems, documents] = partition(
    run.trackedJson,
    ({ dataset, json }) => json === null && measured.has(dataset),
  );
  return (
    <div className={classes.layout}>
      <aside className={classes.aside} aria-label="About the run">
        <Facts run={run} />
      </aside>
      <div className={classes.main}>
        <Outcome run={run} />
        <Section title="Notes">
          <Notes notes={run.notes ?? ''} onSave={(notes) => edit([run.id], { notes })} />
        </Section>
        <Section title="Metrics" count={run.metrics.length}>
          <MetricValues metrics={run.metrics} problems={problems} running={running} />
        </Section>
        <SeriesSummary run={run} />
        <Section title="JSON" count={documents.length}>
          <TrackedJson entries={documents} running={running} />
        </Section>
        <Section title="Artifacts" count={artifacts.length}>
          <Artifacts artifacts={artifacts} running={running} />
        </Section>
        <Section title="Parameters" count={run.parameters.length}>
          <Parameters parameters={run.parameters} />
        </Section>
      </div>
    </div>
  );
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
