import { Button } from '@mantine/core';
import { IconDatabase, IconSearchOff } from '@tabler/icons-react';
import { Fragment, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { CopyButton } from '../../components/CopyButton.tsx';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { Missing } from '../../components/time.tsx';
import { refreshInterval } from '../../data/refreshInterval.ts';
import { useChangesAtMost } from '../../data/useChangesAtMost.ts';
import { formatBytes } from '../../formatting/bytes.ts';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import { shellPath, shellWord } from '../../formatting/shellWords.ts';
import { DatasetLink } from '../../runs/DatasetLink.tsx';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { ArtifactFiles, DownloadLink } from '../ArtifactFiles.tsx';
import { NotRecorded } from '../NotRecorded.tsx';
import { recordState } from '../recordState.ts';
import { Nothing, Section } from '../Section.tsx';
import { RunDataQuery } from './dataQuery.ts';
import { type DataRow, dataRows, readFingerprint } from './dataRows.ts';
import classes from './RunData.module.css';

type RunDataProps = {
  run: RunOnPage;
  find: string | undefined;
  onFind: (find: string | undefined) => void;
};

/** From so many datasets on a search field helps. */
const SEARCHABLE = 8;

/** The tab "Data": what the run read and what it wrote, in which version. */
export default function RunData({ run, find, onFind }: RunDataProps) {
  const [{ data, error }, refetch] = useQuery({ query: RunDataQuery, variables: { id: run.id } });
  const reload = () => refetch({ requestPolicy: 'network-only' });
  useChangesAtMost(refreshInterval(run.status === 'RUNNING'), ['RUNS', 'INDEXING'], reload);
  const uses = data?.run?.dataUses;
  const rows = useMemo(
    () => uses && dataRows(uses, run.artifacts, run.id, find),
    [uses, run.artifacts, run.id, find],
  );
  if (rows === undefined || uses === undefined) {
    return error ? (
      <LoadFailure title="The data could not be loaded" error={error} onRetry={reload} />
    ) : (
      <PageSkeleton />
    );
  }
  const state = recordState(run);
  if (uses.length === 0 && run.artifacts.length === 0 && state !== 'missing') {
    return <NotRecorded run={run} icon={IconDatabase} what="The data that a run loads and saves" />;
  }
  const count = uses.length;
  const empty = rows.loaded.length === 0 && rows.saved.length === 0;
  return (
    <div className={classes.root}>
      {(count >= SEARCHABLE || find !== undefined) && (
        <SearchField
          className={classes.search}
          label="Search datasets"
          placeholder="Search datasets…"
          value={find}
          onChange={onFind}
        />
      )}
      {find !== undefined && empty ? (
        <StateMessage icon={IconSearchOff} title="No dataset is like that" />
      ) : (
        <>
          <Group
            title="Loaded"
            rows={rows.loaded}
            none={
              find !== undefined
                ? 'None of these.'
                : state === 'older'
                  ? 'Not recorded for this run: it was made by an older version of Kedro-Viz.'
                  : state === 'gathering'
                    ? 'Nothing yet.'
                    : 'This run loaded nothing that is kept somewhere.'
            }
          />
          <Group
            title="Saved"
            rows={rows.saved}
            none={
              find !== undefined
                ? 'None of these.'
                : state === 'gathering'
                  ? 'Nothing yet.'
                  : 'This run saved nothing that is kept somewhere.'
            }
          />
          <p className={classes.note}>
            Data that only passes through memory is not listed. Datasets with the same fingerprint hold the
            same data.
          </p>
        </>
      )}
    </div>
  );
}

type GroupProps = { title: string; rows: DataRow[]; none: string };

/** More are shown on demand. */
const SHOWN = 100;

function Group({ title, rows, none }: GroupProps) {
  const [count, setCount] = useState(SHOWN);
  return (
    <Section title={title} count={rows.length}>
      {rows.length === 0 ? (
        <Nothing>{none}</Nothing>
      ) : (
        <div className={classes.frame}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Dataset</th>
                <th scope="col">Version</th>
                <th scope="col" className={classes.number}>
                  Size
                </th>
                <th scope="col">Fingerprint</th>
                <th scope="col">
                  <span className="visually-hidden">Download</span>
                </th>
              </tr>
            </thead>
            {rows.slice(0, count).map((row) => (
              <tbody key={row.dataset}>
                <Row row={row} />
              </tbody>
            ))}
          </table>
        </div>
      )}
      {rows.length > count && (
        <Button mt="sm" onClick={() => setCount(count + 5 * SHOWN)}>
          Show more of the {countOf(rows.length - count, 'other dataset')}
        </Button>
      )}
    </Section>
  );
}

function Row({ row }: { row: DataRow }) {
  // A single file is downloaded from where its version stands.
  const only = row.files.length === 1 ? row.files[0] : undefined;
  const fingerprint = row.fingerprint === null ? undefined : readFingerprint(row.fingerprint);
  return (
    <>
      <tr>
        <th scope="row">
          <span className={classes.dataset} dir="auto">
            <DatasetLink name={row.dataset} />
            <span className={classes.type} title={row.datasetType}>
              {row.datasetType.split('.').at(-1)}
            </span>
          </span>
          {row.path !== null && (
            <span className={classes.path}>
              <code dir="ltr" title={row.path}>
                <BreakablePath path={row.path} />
              </code>
              <CopyButton text={shellPath(row.path)} label="Copy the path" size={20} />
            </span>
          )}
        </th>
        <td data-label="Version">
          {row.version === null ? <Missing /> : <code className={classes.version}>{row.version}</code>}
        </td>
        <td data-label="Size" className={classes.number}>
          {row.size === null ? (
            <Missing />
          ) : (
            <span title={`${formatCount(row.size)} bytes`}>{formatBytes(row.size)}</span>
          )}
        </td>
        <td data-label="Fingerprint">
          {fingerprint === undefined || row.fingerprint === null ? (
            <Missing />
          ) : (
            <span className={classes.fingerprint}>
              <code title={`${fingerprint.meaning}: ${row.fingerprint}`}>{fingerprint.short}</code>
              <CopyButton text={shellWord(row.fingerprint)} label="Copy the fingerprint" size={20} />
            </span>
          )}
        </td>
        <td className={classes.download}>{only && <DownloadLink file={only} />}</td>
      </tr>
      {row.files.length > 0 && (only === undefined || only.problem !== null) && (
        <tr className={classes.filesRow}>
          <td colSpan={5}>
            <Files row={row} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A path that wraps between its parts. */
function BreakablePath({ path }: { path: string }) {
  return path.split(/(?<=[/\\])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a path have no identity but their place
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function Files({ row }: { row: DataRow }) {
  if (row.files.length === 1) return <ArtifactFiles files={row.files} />;
  return (
    <details>
      <summary>{countOf(row.files.length, 'file')}</summary>
      <ArtifactFiles files={row.files} />
    </details>
  );
}
