import { Button } from '@mantine/core';
import { IconChevronDown, IconCodeOff, IconEqual } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import type { CompareSearch } from '../../address/search.ts';
import { DiffFrame, DiffNote } from '../../components/diff/DiffFrame.tsx';
import { DiffModeControl } from '../../components/diff/DiffModeControl.tsx';
import { TextDiff } from '../../components/diff/TextDiff.tsx';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import { countOf } from '../../formatting/numbers.ts';
import { namesOf } from '../../runs/runNames.ts';
import type { ComparedRun } from '../comparisonQueries.ts';
import { SourceFilesQuery, SourceTextsQuery } from '../comparisonQueries.ts';
import { compareFiles, type FileChange } from './codeChanges.ts';
import classes from './FileChanges.module.css';

// So many files are listed, and opened at once, without being asked twice.
const MOST_LISTED = 300;
const MOST_OPENED = 20;

type FileChangesProps = {
  before: ComparedRun;
  after: ComparedRun;
  /** Which code a run ran; undefined where none was kept. */
  sourceOf: (run: ComparedRun) => string | undefined;
  search: CompareSearch;
  onSearchChange: (part: Partial<CompareSearch>) => void;
};

/** The source files that differ between two runs; each opens to show how. */
export function FileChanges(props: FileChangesProps) {
  const { before, after, sourceOf } = props;
  const without = [before, after].filter((run) => sourceOf(run) === undefined);
  if (without.length > 0) {
    return (
      <StateMessage icon={IconCodeOff} title="There are no files to compare">
        The files of <bdi>{namesOf(without)}</bdi> were not kept. {compareCommits(before, after)}
      </StateMessage>
    );
  }
  if (sourceOf(before) === sourceOf(after)) {
    return (
      <StateMessage icon={IconEqual} title="The same code">
        Every file was the same in both runs.
      </StateMessage>
    );
  }
  return <LoadedFiles {...props} />;
}

/** What git knows where no files were kept. */
function compareCommits(before: ComparedRun, after: ComparedRun): string {
  if (before.gitSha === null || after.gitSha === null) return '';
  if (before.gitSha !== after.gitSha) {
    return `Git tells that their commits differ: ${before.gitSha.slice(0, 10)} and ${after.gitSha.slice(0, 10)}.`;
  }
  return before.gitDirty === false && after.gitDirty === false
    ? `Both ran commit ${before.gitSha.slice(0, 10)} without changes: the same code.`
    : `Both ran commit ${before.gitSha.slice(0, 10)}, perhaps with changes that were not committed.`;
}

function LoadedFiles({ before, after, search, onSearchChange }: FileChangesProps) {
  const runIds = [before.id, after.id];
  const [{ data, error }, refetch] = useQuery({ query: SourceFilesQuery, variables: { runIds } });
  const filesOf = (id: string) => data?.runMetadata.find((run) => run.id === id)?.source?.files;
  const [old, fresh] = [filesOf(before.id), filesOf(after.id)];
  const changes = useMemo(() => old && fresh && compareFiles(old, fresh), [old, fresh]);
  const [showSame, setShowSame] = useState(false);
  if (error && !data) {
    return (
      <LoadFailure
        title="The files could not be loaded"
        error={error}
        onRetry={() => refetch({ requestPolicy: 'network-only' })}
      />
    );
  }
  if (changes === undefined) return <PageSkeleton />;
  const different = changes.filter(({ kind }) => kind !== 'same');
  const same = changes.filter(({ kind }) => kind === 'same');
  const open = new Set(search.files);
  const setOpen = (paths: Iterable<string>) => {
    const files = [...paths];
    onSearchChange({ files: files.length === 0 ? undefined : files });
  };
  const toggle = (path: string, opened: boolean) =>
    setOpen(opened ? [...open, path] : [...open].filter((other) => other !== path));
  return (
    <section className={classes.root} aria-label="Files that differ">
      <div className={classes.toolbar}>
        <span className={classes.summary} role="status">
          {summarise(changes)}
        </span>
        <span className={classes.spring} />
        {different.length > 1 && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() =>
              setOpen(open.size > 0 ? [] : different.slice(0, MOST_OPENED).map(({ path }) => path))
            }
          >
            {open.size > 0
              ? 'Close all'
              : different.length > MOST_OPENED
                ? `Open the first ${MOST_OPENED}`
                : 'Open all'}
          </Button>
        )}
        <DiffModeControl
          value={search.diff ?? 'unified'}
          onChange={(mode) => onSearchChange({ diff: mode === 'split' ? 'split' : undefined })}
        />
      </div>
      {different.slice(0, MOST_LISTED).map((change) => (
        <DiffFrame
          key={change.path}
          path={change.path}
          previousPath={change.kind === 'renamed' ? change.before?.path : undefined}
          change={change.kind === 'unknown' ? 'not kept' : change.kind}
          open={open.has(change.path)}
          onOpenChange={(opened) => toggle(change.path, opened)}
        >
          <FileDifference before={before.id} after={after.id} change={change} mode={search.diff} />
        </DiffFrame>
      ))}
      {different.length > MOST_LISTED && (
        <p className={classes.more}>and {countOf(different.length - MOST_LISTED, 'further file')}</p>
      )}
      {same.length > 0 && !search.changes && (
        <div className={classes.same}>
          <button
            type="button"
            className={classes.sameToggle}
            aria-expanded={showSame}
            onClick={() => setShowSame(!showSame)}
          >
            <IconChevronDown size={14} aria-hidden />
            {countOf(same.length, 'file is', 'files are')} the same
          </button>
          {showSame && (
            <ul className={classes.sameFiles}>
              {same.slice(0, 10 * MOST_LISTED).map(({ path }) => (
                <li key={path}>
                  <bdi>{path}</bdi>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  );
}

const COUNTED = ['changed', 'renamed', 'added', 'removed'] as const;

/** "2 files changed, 1 added". */
function summarise(changes: FileChange[]): string {
  const counts = COUNTED.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [{ kind, count }];
  });
  if (counts.length === 0) return 'No file differs that was kept';
  return counts
    .map(({ kind, count }, index) => `${index === 0 ? countOf(count, 'file') : count} ${kind}`)
    .join(', ');
}

type FileDifferenceProps = { before: string; after: string; change: FileChange; mode?: 'split' };

function FileDifference({ before, after, change, mode }: FileDifferenceProps) {
  const kept = [change.before, change.after].every((file) => file === undefined || file.hash !== null);
  const variables = {
    before,
    beforePath: change.before?.path ?? change.path,
    after,
    afterPath: change.after?.path ?? change.path,
  };
  const [{ data, error }] = useQuery({
    query: SourceTextsQuery,
    variables,
    pause: !kept || change.kind === 'renamed',
  });
  if (change.kind === 'renamed') return <DiffNote>Only its name changed.</DiffNote>;
  if (!kept) {
    const { before: old, after: fresh } = change;
    return (
      <DiffNote>
        {old?.problem ?? fresh?.problem ?? 'Its content was not kept.'}
        {old && fresh && ` Its size: ${formatBytes(old.size)} before, ${formatBytes(fresh.size)} after.`}
      </DiffNote>
    );
  }
  if (error && !data) return <DiffNote>The file could not be loaded: {error.message}</DiffNote>;
  if (data === undefined) return <DiffNote>Loading…</DiffNote>;
  const texts = {
    before: change.before === undefined ? '' : data.before?.sourceFile,
    after: change.after === undefined ? '' : data.after?.sourceFile,
  };
  if (typeof texts.before !== 'string' || typeof texts.after !== 'string') {
    return <DiffNote>It is no text, so its content is not shown.</DiffNote>;
  }
  return (
    <>
      {(change.before?.redacted || change.after?.redacted) && (
        <DiffNote>Secrets in this file were replaced before it was kept.</DiffNote>
      )}
      <TextDiff name={change.path} before={texts.before} after={texts.after} mode={mode} />
    </>
  );
}
