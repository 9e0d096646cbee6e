import { Button, TextInput } from '@mantine/core';
import {
  IconAlertOctagon,
  IconBan,
  IconDownload,
  IconFileAlert,
  IconPlugConnectedX,
  IconSearch,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useProject } from '../../app/project.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { JsonTree } from '../../components/JsonTree.tsx';
import { Duration, Missing, RelativeTime } from '../../components/time.tsx';
import { chooseFormat, countOf, formatNumber } from '../../formatting/numbers.ts';
import { formatExactTime } from '../../formatting/time.ts';
import { downloadUrl } from '../../plots/plotKinds.ts';
import { DatasetLink } from '../DatasetLink.tsx';
import { groupByDataset } from '../datasets.ts';
import { GitReference } from '../GitReference.tsx';
import { useUpdateRun } from '../runDetails.ts';
import type { RunDetails } from '../runQueries.ts';
import { Notes } from './Notes.tsx';
import classes from './Overview.module.css';

/** The tab "Overview": what a run was, what it measured, what it was given. */
export function Overview({ run }: { run: RunDetails }) {
  const update = useUpdateRun();
  return (
    <div className={classes.layout}>
      <aside className={classes.aside} aria-label="About the run">
        <Facts run={run} />
      </aside>
      <div className={classes.main}>
        {run.status === 'LOST' && <Lost />}
        {run.error && <RunError runId={run.id} error={run.error} calm={run.status === 'CANCELLED'} />}
        <Section title="Notes">
          <Notes notes={run.notes ?? ''} onSave={(notes) => update(run.id, { notes })} />
        </Section>
        <Section title="Metrics" count={run.metrics.length}>
          <Metrics metrics={run.metrics} running={run.status === 'RUNNING'} />
        </Section>
        <Section title="JSON" count={run.trackedJson.length}>
          <TrackedJson entries={run.trackedJson} running={run.status === 'RUNNING'} />
        </Section>
        <Section title="Parameters" count={run.parameters.length}>
          <Parameters parameters={run.parameters} />
        </Section>
      </div>
    </div>
  );
}

function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>
        {title}
        {count !== undefined && count > 0 && <span className={classes.sectionCount}>{count}</span>}
      </h2>
      {children}
    </section>
  );
}

function Facts({ run }: { run: RunDetails }) {
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

function Lost() {
  return (
    <section className={classes.error} data-calm aria-label="Lost">
      <div className={classes.errorHead}>
        <IconPlugConnectedX size={18} aria-hidden />
        <div className={classes.errorText}>
          <p>
            <strong>Lost:</strong> the process ended without a word (killed, out of memory, or the machine
            went down). What it had recorded until then is below.
          </p>
        </div>
      </div>
    </section>
  );
}

type RunErrorProps = {
  runId: string;
  error: NonNullable<RunDetails['error']>;
  /** Whether somebody ended the run on purpose: no cause for alarm. */
  calm: boolean;
};

function RunError({ runId, error, calm }: RunErrorProps) {
  const Glyph = calm ? IconBan : IconAlertOctagon;
  return (
    <section
      className={classes.error}
      data-calm={calm || undefined}
      aria-label={calm ? 'Cancelled' : 'Error'}
    >
      <div className={classes.errorHead}>
        <Glyph size={18} aria-hidden />
        <div className={classes.errorText}>
          <h2>{error.type}</h2>
          <p>{error.message}</p>
          {error.node && (
            <p className={classes.errorNode}>
              in node <DatasetLink name={error.node} />
              {' · '}
              <Link to="/experiment-tracking/runs/$runId" params={{ runId }} search={{ view: 'nodes' }}>
                Show in timeline
              </Link>
            </p>
          )}
        </div>
      </div>
      {error.traceback && (
        <details className={classes.traceback}>
          <summary>Traceback</summary>
          <CodeBlock code={error.traceback} title="Python" copyLabel="Copy the traceback" maxHeight={360} />
        </details>
      )}
    </section>
  );
}

/** More are shown on demand. */
const METRICS_SHOWN = 60;

function Metrics({ metrics, running }: { metrics: RunDetails['metrics']; running: boolean }) {
  const [all, setAll] = useState(false);
  const { project } = useProject();
  if (metrics.length === 0) {
    // Without a catalog nobody knows which files of an older run are metrics.
    const unread = project?.problems.some(({ title }) => title.includes('configuration could not be read'));
    const none = unread ? 'No metrics are known of this run.' : 'This run tracked no metrics.';
    return <p className={classes.none}>{running ? 'No metrics yet.' : none}</p>;
  }
  const shown = all ? metrics : metrics.slice(0, METRICS_SHOWN);
  return (
    <>
      {groupByDataset(shown).map(({ dataset, members }) => (
        <div key={dataset} className={classes.dataset}>
          <h3 className={classes.datasetName}>
            <DatasetLink name={dataset} />
          </h3>
          <dl className={classes.metrics}>
            {members.map(({ id, key, value }) => (
              <div key={id} className={classes.metric}>
                <dt title={key}>{key}</dt>
                <dd title={String(value)}>{formatNumber(value, chooseFormat([value]))}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      {shown.length < metrics.length && (
        <Button onClick={() => setAll(true)}>Show {metrics.length - shown.length} more metrics</Button>
      )}
    </>
  );
}

function TrackedJson({ entries, running }: { entries: RunDetails['trackedJson']; running: boolean }) {
  if (entries.length === 0) {
    return <p className={classes.none}>{running ? 'No JSON data yet.' : 'This run tracked no JSON data.'}</p>;
  }
  return entries.map(({ dataset, datasetType, data, problem, url }) => (
    <div key={dataset} className={classes.dataset}>
      <h3 className={classes.datasetName}>
        <DatasetLink name={dataset} />
        <span className={classes.datasetType}>{datasetType.split('.').at(-1)}</span>
      </h3>
      <div className={classes.json}>
        {problem === null ? (
          <JsonTree value={data ?? null} />
        ) : (
          <p className={classes.fileProblem}>
            <IconFileAlert size={16} aria-hidden />
            <span>
              {problem}{' '}
              <a className={classes.download} href={downloadUrl({ url })} download>
                <IconDownload size={14} aria-hidden /> Download
              </a>
            </span>
          </p>
        )}
      </div>
    </div>
  ));
}

/** From so many on a search field helps. */
const SEARCHABLE = 12;
const PARAMETERS_SHOWN = 200;

function Parameters({ parameters }: { parameters: RunDetails['parameters'] }) {
  const [text, setText] = useState('');
  if (parameters.length === 0) return <p className={classes.none}>No parameters were recorded.</p>;
  const wanted = text.trim().toLowerCase();
  const found = parameters.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <>
      {parameters.length >= SEARCHABLE && (
        <TextInput
          className={classes.filter}
          size="xs"
          aria-label="Search parameters"
          placeholder="Search parameters…"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {found.length === 0 ? (
        <p className={classes.none}>No parameter is called that.</p>
      ) : (
        <dl className={classes.parameters}>
          {found.slice(0, PARAMETERS_SHOWN).map(({ name, value }) => (
            <div key={name} className={classes.parameter}>
              <dt>{name}</dt>
              <dd>
                <JsonTree value={value ?? null} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {found.length > PARAMETERS_SHOWN && (
        <p className={classes.none}>
          {countOf(found.length - PARAMETERS_SHOWN, 'more parameter')}: search to see them.
        </p>
      )}
    </>
  );
}
