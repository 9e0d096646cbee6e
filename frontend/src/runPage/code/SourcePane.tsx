import { Skeleton } from '@mantine/core';
import { IconEyeOff, IconFileOff, IconFileUnknown } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { CopyButton } from '../../components/CopyButton.tsx';
import { SourceText } from '../../components/code/SourceText.tsx';
import { VisibleText } from '../../components/code/VisibleText.tsx';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import { type SourceFile, SourceFileQuery } from '../../runs/codeQueries.ts';
import classes from './SourcePane.module.css';

type SourcePaneProps = { runId: string; file: SourceFile };

/** A source file as the run found it. */
export function SourcePane({ runId, file }: SourcePaneProps) {
  const kept = file.hash !== null;
  const [{ data, error }, refetch] = useQuery({
    query: SourceFileQuery,
    variables: { id: runId, path: file.path },
    pause: !kept,
  });
  const text = data?.run?.sourceFile;
  return (
    <section className={classes.pane} aria-label={file.path}>
      <header className={classes.head}>
        <h3 className={classes.path} dir="auto">
          <VisibleText text={file.path} />
        </h3>
        <span className={classes.size}>{formatBytes(file.size)}</span>
        {text && <CopyButton text={text} label="Copy the file" />}
      </header>
      {file.redacted && (
        <p className={classes.redacted}>
          <IconEyeOff size={15} aria-hidden />
          What looked like a secret was replaced before this file was kept: it is not quite what ran.
        </p>
      )}
      {!kept ? (
        <StateMessage icon={IconFileOff} title="Not kept">
          {file.problem ?? 'The content of this file was not kept.'}
        </StateMessage>
      ) : text === undefined ? (
        error ? (
          <LoadFailure
            title="The file could not be loaded"
            error={error}
            onRetry={() => refetch({ requestPolicy: 'network-only' })}
          />
        ) : (
          <LoadingLines />
        )
      ) : text === null ? (
        <StateMessage icon={IconFileUnknown} title="Not a text">
          This file is kept, so that the run can be reproduced, but it is no text that could be shown.
        </StateMessage>
      ) : text === '' ? (
        <p className={classes.empty}>An empty file.</p>
      ) : (
        <SourceText key={file.path} source={text} path={file.path} label={`Text of ${file.path}`} />
      )}
    </section>
  );
}

function LoadingLines() {
  return (
    <div className={classes.loading} role="status" aria-label="Loading the file">
      {['60%', '35%', '80%', '52%', '71%', '24%'].map((width) => (
        <Skeleton key={width} height={10} width={width} />
      ))}
    </div>
  );
}
