import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useClient } from 'urql';
import { download } from '../formatting/csv.ts';
import { comparisonToCsv, fetchComparison, type Layout } from './comparisonCsv.ts';
import classes from './ExportButton.module.css';

type ExportButtonProps = { runIds: string[]; layout?: Layout; fileName: string };

/** Downloads all that is recorded of runs, side by side, as CSV. */
export function ExportButton({ runIds, layout = 'columns', fileName }: ExportButtonProps) {
  const client = useClient();
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const exportCsv = async () => {
    setState('asking');
    try {
      const { runs, sections } = await fetchComparison(client, runIds);
      download(fileName, comparisonToCsv(runs, sections, layout), 'text/csv');
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      {state === 'failed' && (
        <span className={classes.failed} role="alert">
          The export failed: the server did not answer.
        </span>
      )}
      <Button
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label="Export as CSV"
        disabled={runIds.length === 0}
        loading={state === 'asking'}
        onClick={exportCsv}
      >
        <span className={classes.wideOnly}>Export</span>
      </Button>
    </>
  );
}
