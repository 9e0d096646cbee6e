import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useClient } from 'urql';
import { download } from '../../formatting/csv.ts';
import { formatCount } from '../../formatting/numbers.ts';
import { fetchMatchingRuns, fetchNamedRuns, runsToCsv } from '../runsCsv.ts';
import classes from './RunsList.module.css';
import type { RunChoice } from './runsQuery.ts';

type ExportRunsButtonProps = {
  choice: RunChoice;
  /** Only these, if there are any. */
  selected: readonly string[];
  /** Ids of the metrics. */
  metrics: string[];
  disabled: boolean;
  onProblem: (problem: string | undefined) => void;
};

/** Saves the selected runs as a table, or all that match. */
export function ExportRunsButton({ choice, selected, metrics, disabled, onProblem }: ExportRunsButtonProps) {
  const client = useClient();
  const [exporting, setExporting] = useState(false);
  const exportCsv = async () => {
    setExporting(true);
    try {
      const runs =
        selected.length > 0
          ? await fetchNamedRuns(client, [...selected], metrics)
          : await fetchMatchingRuns(client, { ...choice, metrics });
      download('runs.csv', runsToCsv(runs, metrics), 'text/csv');
      onProblem(undefined);
    } catch {
      onProblem('The runs could not be exported: the server did not answer.');
    } finally {
      setExporting(false);
    }
  };
  return (
    <Button
      leftSection={<IconDownload size={14} aria-hidden />}
      loading={exporting}
      disabled={disabled}
      onClick={exportCsv}
      aria-label={selected.length > 0 ? `Export ${selected.length} selected as CSV` : 'Export all as CSV'}
    >
      <span className={classes.wideOnly}>
        Export{selected.length > 0 ? ` ${formatCount(selected.length)}` : ''}
      </span>
    </Button>
  );
}
