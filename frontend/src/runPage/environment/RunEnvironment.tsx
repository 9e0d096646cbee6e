import { IconBox } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { CopyButton } from '../../components/CopyButton.tsx';
import { JsonTree } from '../../components/JsonTree.tsx';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { Missing } from '../../components/time.tsx';
import { refreshInterval } from '../../data/refreshInterval.ts';
import { useChangesAtMost } from '../../data/useChangesAtMost.ts';
import type { JsonValue } from '../../formatting/scalars.ts';
import { toYaml } from '../../formatting/yaml.ts';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { NotRecorded } from '../NotRecorded.tsx';
import { Nothing, Section } from '../Section.tsx';
import { type Environment, RunEnvironmentQuery } from './environmentQuery.ts';
import { Packages } from './Packages.tsx';
import classes from './RunEnvironment.module.css';

type RunEnvironmentProps = {
  run: RunOnPage;
  find: string | undefined;
  onFind: (find: string | undefined) => void;
};

/** The tab "Environment": what the run ran in, and how it was configured. */
export default function RunEnvironment({ run, find, onFind }: RunEnvironmentProps) {
  const [{ data, error }, refetch] = useQuery({ query: RunEnvironmentQuery, variables: { id: run.id } });
  const reload = () => refetch({ requestPolicy: 'network-only' });
  const record = data?.run;
  // Once they are known they never change.
  useChangesAtMost(refreshInterval(run.status === 'RUNNING'), ['RUNS'], () => {
    if (!record?.environment || !record.configuration) reload();
  });
  if (!record) {
    return error ? (
      <LoadFailure title="The environment could not be loaded" error={error} onRetry={reload} />
    ) : (
      <PageSkeleton />
    );
  }
  const { environment, configuration } = record;
  if (environment === null && configuration === null) {
    return <NotRecorded run={run} icon={IconBox} what="The environment and the configuration" />;
  }
  return (
    <div className={classes.layout}>
      <div className={classes.column}>
        <Section title="Environment">
          {environment ? <Machine environment={environment} run={run} /> : <NotKept />}
        </Section>
        {environment && (
          <Section title="Packages" count={environment.packages.length}>
            <Packages packages={environment.packages} find={find} onFind={onFind} />
          </Section>
        )}
      </div>
      <div className={classes.column}>
        {configuration ? (
          <>
            <Part title="How it was started" value={configuration.run} none="Nothing is known of that." />
            <Part title="Parameters" value={configuration.parameters} none="The project has no parameters." />
            <Part title="Catalog" value={configuration.catalog} none="The catalog is empty." />
          </>
        ) : (
          <Section title="Configuration">
            <NotKept />
          </Section>
        )}
      </div>
    </div>
  );
}

function NotKept() {
  return <Nothing>It could not be gathered.</Nothing>;
}

function Machine({ environment, run }: { environment: Environment; run: RunOnPage }) {
  const facts = [
    ['Python', `${environment.python}${implementationOf(environment)}`],
    ['Kedro', run.kedroVersion],
    ['Platform', environment.platform],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value || <Missing />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Nearly all use CPython: it need not be said. */
function implementationOf({ implementation }: Environment): string {
  return implementation === 'CPython' ? '' : ` (${implementation})`;
}

/** A part of the configuration, to read and to copy. */
function Part({ title, value, none }: { title: string; value: JsonValue; none: string }) {
  const empty = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  return (
    <Section title={title}>
      {empty ? (
        <Nothing>{none}</Nothing>
      ) : (
        <div className={classes.part}>
          <span className={classes.copy}>
            <CopyButton text={() => toYaml(value)} label="Copy as YAML" />
          </span>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={classes.tree} tabIndex={0} aria-label={title}>
            <JsonTree value={value} />
          </section>
        </div>
      )}
    </Section>
  );
}
