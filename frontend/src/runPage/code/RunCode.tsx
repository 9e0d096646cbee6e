import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCode,
  IconFileSearch,
  IconFiles,
  IconGitCompare,
  IconSearchOff,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import type { RunSearch } from '../../address/search.ts';
import { Counts } from '../../components/diff/DiffFrame.tsx';
import { PatchView } from '../../components/diff/PatchView.tsx';
import { readPatch } from '../../components/diff/readPatch.ts';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { refreshInterval } from '../../data/refreshInterval.ts';
import { useChangesAtMost } from '../../data/useChangesAtMost.ts';
import { formatBytes } from '../../formatting/bytes.ts';
import { countOf } from '../../formatting/numbers.ts';
import { RunCodeQuery, type SourceFile, type SourceSnapshot } from '../../runs/codeQueries.ts';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { NotRecorded } from '../NotRecorded.tsx';
import { FileTree } from './FileTree.tsx';
import { findFiles } from './fileTree.ts';
import { GitState } from './GitState.tsx';
import classes from './RunCode.module.css';
import { SourcePane } from './SourcePane.tsx';

type CodeSearch = Pick<RunSearch, 'file' | 'find' | 'diff'>;

type RunCodeProps = {
  run: RunOnPage;
  search: CodeSearch;
  onSearchChange: (change: CodeSearch, replace?: boolean) => void;
};

/** The tab "Code": the state of git, what was not committed, and the source files as the run found them. */
export default function RunCode({ run, search, onSearchChange }: RunCodeProps) {
  const [{ data, error }, refetch] = useQuery({ query: RunCodeQuery, variables: { id: run.id } });
  const reload = () => refetch({ requestPolicy: 'network-only' });
  const code = data?.run;
  // Once the code is known it never changes.
  useChangesAtMost(refreshInterval(run.status === 'RUNNING'), ['RUNS'], () => {
    if (!code?.source) reload();
  });
  if (!code) {
    return error ? (
      <LoadFailure title="The code could not be loaded" error={error} onRetry={reload} />
    ) : (
      <PageSkeleton />
    );
  }
  const { source, gitDiff } = code;
  return (
    <div className={classes.root}>
      <div className={classes.git}>
        <h2 className="visually-hidden">Code</h2>
        <GitState run={run} diffKept={gitDiff !== null} />
      </div>
      {source === null && gitDiff === null ? (
        <NotRecorded run={run} icon={IconCode} what="The source files of the project" />
      ) : (
        <Browser
          run={run}
          source={source}
          gitDiff={gitDiff}
          search={search}
          onSearchChange={onSearchChange}
        />
      )}
    </div>
  );
}

type BrowserProps = RunCodeProps & { source: SourceSnapshot | null; gitDiff: string | null };

/** The files at one side, what is chosen of them at the other. */
function Browser({ run, source, gitDiff, search, onSearchChange }: BrowserProps) {
  const files = source?.files ?? NONE;
  const file = files.find(({ path }) => path === search.file);
  // On a telephone the files stand above what is chosen, and give way to it.
  const [listOpen, setListOpen] = useState(search.file === undefined && gitDiff === null);
  const choose = (path: string | undefined) => {
    setListOpen(false);
    onSearchChange({ file: path }, false);
  };
  return (
    <div className={classes.browser}>
      <Button
        className={classes.listButton}
        leftSection={<IconFiles size={14} aria-hidden />}
        aria-expanded={listOpen}
        onClick={() => setListOpen(!listOpen)}
      >
        {listOpen ? 'Hide the files' : 'Files'}
      </Button>
      <aside className={classes.list} data-open={listOpen || undefined} aria-label="Files">
        {gitDiff !== null && (
          <DiffEntry
            patch={gitDiff}
            chosen={file === undefined && search.file === undefined}
            onChoose={() => choose(undefined)}
          />
        )}
        {source && (
          <SourceFiles
            source={source}
            chosen={search.file}
            find={search.find}
            onFind={(find) => onSearchChange({ find })}
            onChoose={choose}
          />
        )}
      </aside>
      <div className={classes.main}>
        {file ? (
          <SourcePane runId={run.id} file={file} />
        ) : search.file !== undefined ? (
          <StateMessage
            icon={IconFileSearch}
            title="No such file"
            actions={<Button onClick={() => choose(undefined)}>All files</Button>}
          >
            The source files of this run have none called <code>{search.file.slice(0, 200)}</code>.
          </StateMessage>
        ) : gitDiff !== null ? (
          <div className={classes.patch}>
            <h3 className={classes.patchTitle}>Uncommitted changes</h3>
            <PatchView
              patch={gitDiff}
              mode={search.diff ?? 'unified'}
              onModeChange={(mode) => onSearchChange({ diff: mode === 'split' ? 'split' : undefined })}
            />
          </div>
        ) : (
          <Summary files={files} problem={source?.problem ?? null} />
        )}
      </div>
    </div>
  );
}

const NONE: SourceFile[] = [];

function DiffEntry(props: { patch: string; chosen: boolean; onChoose: () => void }) {
  const { files } = useMemo(() => readPatch(props.patch), [props.patch]);
  const counts = {
    added: files.reduce((sum, file) => sum + file.counts.added, 0),
    removed: files.reduce((sum, file) => sum + file.counts.removed, 0),
  };
  return (
    <button type="button" className={classes.diffEntry} aria-pressed={props.chosen} onClick={props.onChoose}>
      <IconGitCompare size={15} aria-hidden />
      <span className={classes.diffName}>Uncommitted changes</span>
      <Counts counts={counts} />
    </button>
  );
}

type SourceFilesProps = {
  source: SourceSnapshot;
  chosen: string | undefined;
  find: string | undefined;
  onFind: (find: string | undefined) => void;
  onChoose: (path: string) => void;
};

function SourceFiles({ source, chosen, find, onFind, onChoose }: SourceFilesProps) {
  const found = useMemo(() => findFiles(source.files, find), [source.files, find]);
  return (
    <>
      <div className={classes.find}>
        <SearchField label="Search files" placeholder="Search files…" value={find} onChange={onFind} />
      </div>
      {found.length === 0 ? (
        <p className={classes.nothing}>
          <IconSearchOff size={16} aria-hidden />
          {source.files.length === 0 ? 'No files are kept.' : 'No matching files.'}
        </p>
      ) : (
        <FileTree
          key={find ?? ''}
          files={found}
          chosen={chosen}
          onChoose={onChoose}
          allOpen={find !== undefined}
        />
      )}
      {source.problem && (
        <p className={classes.problem}>
          <IconAlertTriangle size={15} aria-hidden />
          {source.problem}
        </p>
      )}
    </>
  );
}

/** What stands where a file is to be shown before one is chosen: how much there is, and what is not. */
function Summary({ files, problem }: { files: readonly SourceFile[]; problem: string | null }) {
  const kept = files.filter(({ hash }) => hash !== null);
  const size = kept.reduce((sum, file) => sum + file.size, 0);
  const facts = [
    files.length > kept.length && `${countOf(files.length - kept.length, 'file')} named but not kept`,
    files.some(({ redacted }) => redacted) &&
      `secrets replaced in ${countOf(files.filter(({ redacted }) => redacted).length, 'file')}`,
    problem !== null && 'there may be more',
  ].filter((fact) => fact !== false);
  return (
    <StateMessage icon={IconFiles} title={`${countOf(kept.length, 'source file')}, ${formatBytes(size)}`}>
      <p>The project’s files as this run found them{facts.length > 0 && `: ${facts.join(', ')}`}.</p>
      <p>Choose one to read it.</p>
    </StateMessage>
  );
}
