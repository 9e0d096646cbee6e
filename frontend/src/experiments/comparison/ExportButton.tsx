import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useClient } from 'urql';
import { download } from '../../formatting/csv.ts';
import type { RunDetails } from '../runQueries.ts';
import { comparisonToCsv, fetchRecord } from './comparisonCsv.ts';
import classes from './ExportButton.module.css';

type ExportButtonProps = { runs: RunDetails[]; fileName: string };

/** Downloads all that is recorded of runs, side by side, as CSV. */
export function ExportButton({ runs, fileName }: ExportButtonProps) {
  const client = useClient();
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const exportCsv = async () => {
    setState('asking');
    try {
      const record = await fetchRecord(
        client,
        runs.map(({ id }) => id),
      );
      download(fileName, comparisonToCsv(runs, record), 'text/csv');
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
        disabled={runs.length === 0}
        loading={state === 'asking'}
        onClick={exportCsv}
      >
        <span className={classes.wideOnly}>Export</span>
      </Button>
    </>
  );
}
