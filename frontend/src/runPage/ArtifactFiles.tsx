import { Button, Tooltip } from '@mantine/core';
import { IconDownload, IconFileAlert } from '@tabler/icons-react';
import { useState } from 'react';
import { BreakableName } from '../components/BreakableName.tsx';
import { Missing } from '../components/time.tsx';
import type { Artifact } from '../data/artifact.ts';
import { formatBytes } from '../formatting/bytes.ts';
import { formatCount } from '../formatting/numbers.ts';
import { downloadUrl } from '../plots/plotKinds.ts';
import classes from './ArtifactFiles.module.css';

/** More are shown on demand. */
const SHOWN = 20;

/** The files of one dataset's version, to download. */
export function ArtifactFiles({ files }: { files: readonly Artifact[] }) {
  const [count, setCount] = useState(SHOWN);
  return (
    <>
      <ul className={classes.files}>
        {files.slice(0, count).map((file) => (
          <li key={file.name} className={classes.file}>
            <span className={classes.name} title={file.name} dir="auto">
              <BreakableName name={file.name} />
              {file.problem && (
                <span className={classes.problem}>
                  <IconFileAlert size={14} aria-hidden />
                  {file.problem}
                </span>
              )}
            </span>
            <span className={classes.size}>{file.size === null ? <Missing /> : formatBytes(file.size)}</span>
            <DownloadLink file={file} />
          </li>
        ))}
      </ul>
      {files.length > count && (
        <Button size="compact-xs" variant="subtle" onClick={() => setCount(count + 200)}>
          {formatCount(files.length - count)} more…
        </Button>
      )}
    </>
  );
}

/** Saves a file that a run left. */
export function DownloadLink({ file }: { file: Artifact }) {
  // A folder of partitions is no file.
  if (file.name.endsWith('/')) return null;
  return (
    <Tooltip label="Download">
      <a
        className={classes.download}
        href={downloadUrl(file)}
        download
        aria-label={`Download ${file.name} of ${file.dataset}`}
      >
        <IconDownload size={15} stroke={1.6} aria-hidden />
      </a>
    </Tooltip>
  );
}
