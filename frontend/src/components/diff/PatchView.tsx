import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { countOf } from '../../formatting/numbers.ts';
import { CodeBlock } from '../CodeBlock.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { Counts, DiffFrame, DiffNote } from './DiffFrame.tsx';
import { DiffModeControl, useShownMode } from './DiffModeControl.tsx';
import { type DiffMode, DiffTable } from './DiffTable.tsx';
import classes from './PatchView.module.css';
import { type PatchFile, readPatch } from './readPatch.ts';
import { isPython } from './segments.ts';

/** Files are open at first until so many lines are in the page. */
const LINES_AT_FIRST = 1500;

/** Files listed at first, and that come with each click on "more". */
const FILES_AT_A_TIME = 200;

type PatchViewProps = { patch: string; mode: DiffMode; onModeChange: (mode: DiffMode) => void };

/** Shows what `git diff` printed, file by file. */
export function PatchView({ patch, mode, onModeChange }: PatchViewProps) {
  const { files, cut } = useMemo(() => readPatch(patch), [patch]);
  const openAtFirst = useMemo(() => filesWithin(files, LINES_AT_FIRST), [files]);
  // What one opened or closed oneself.
  const [toggled, setToggled] = useState<ReadonlyMap<PatchFile, boolean>>(new Map());
  const [count, setCount] = useState(FILES_AT_A_TIME);
  const shownMode = useShownMode(mode);
  const isOpen = (file: PatchFile) => toggled.get(file) ?? openAtFirst.has(file);
  const toggleAll = (open: boolean) => setToggled(new Map(files.map((file) => [file, open])));
  const anyOpen = files.some(isOpen);
  const total = {
    added: files.reduce((sum, { counts }) => sum + counts.added, 0),
    removed: files.reduce((sum, { counts }) => sum + counts.removed, 0),
  };
  return (
    <div className={classes.root}>
      <div className={classes.toolbar}>
        <span className={classes.summary}>{countOf(files.length, 'file')}</span>
        <Counts counts={total} />
        <CopyButton text={patch} label="Copy the whole diff" />
        <span className={classes.spring} />
        {files.length > 1 && (
          <Button variant="subtle" color="gray" onClick={() => toggleAll(!anyOpen)}>
            {anyOpen ? 'Close all' : 'Open all'}
          </Button>
        )}
        <DiffModeControl value={mode} onChange={onModeChange} />
      </div>
      {files.slice(0, count).map((file, index) => (
        <DiffFrame
          // biome-ignore lint/suspicious/noArrayIndexKey: files of a patch have no identity but their place
          key={index}
          path={file.path}
          previousPath={file.previousPath}
          change={file.change === 'changed' ? undefined : file.change}
          counts={file.counts}
          open={isOpen(file)}
          onOpenChange={(open) => setToggled(new Map(toggled).set(file, open))}
        >
          <FileContent file={file} mode={shownMode} />
        </DiffFrame>
      ))}
      {files.length > count && (
        <Button onClick={() => setCount(count + FILES_AT_A_TIME)}>
          Show more of the {countOf(files.length - count, 'further file')}
        </Button>
      )}
      {cut && <p className={classes.cut}>The diff is too long to be shown to its end.</p>}
    </div>
  );
}

function FileContent({ file, mode }: { file: PatchFile; mode: DiffMode }) {
  return (
    <>
      {file.mode && <DiffNote>{file.mode}</DiffNote>}
      {file.binary && <DiffNote>A binary file.</DiffNote>}
      {file.stretches.length > 0 ? (
        <DiffTable
          stretches={file.stretches}
          mode={mode}
          python={isPython(file.path)}
          label={`Changes of ${file.path.slice(0, 300)}`}
        />
      ) : (
        !file.binary && !file.mode && file.rest === '' && <DiffNote>No line of it changed.</DiffNote>
      )}
      {file.rest !== '' && (
        <div className={classes.rest}>
          <CodeBlock code={file.rest.slice(0, 5000)} title="Not part of the diff" wrap maxHeight={240} />
        </div>
      )}
    </>
  );
}

function filesWithin(files: readonly PatchFile[], lines: number): Set<PatchFile> {
  const within = new Set<PatchFile>();
  let left = lines;
  for (const file of files) {
    const size = file.stretches.reduce(
      (sum, part) => sum + (part.kind === 'left out' ? 1 : part.lines.length),
      0,
    );
    // The first one is open in any case: its table shows only a part of a long diff.
    if (size > left && within.size > 0) continue;
    within.add(file);
    left -= size;
  }
  return within;
}
