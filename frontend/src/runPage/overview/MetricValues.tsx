import { Button } from '@mantine/core';
import { useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { useProject } from '../../data/project.tsx';
import { chooseFormat, formatNumber } from '../../formatting/numbers.ts';
import { groupByDataset } from '../../runs/datasets.ts';
import type { RunDetails } from '../../runs/runQueries.ts';
import { DatasetGroup, Nothing } from '../Section.tsx';
import classes from './MetricValues.module.css';
import { TrackedProblem } from './TrackedJson.tsx';

/** More are shown on demand. */
const METRICS_SHOWN = 60;

type MetricValuesProps = {
  metrics: RunDetails['metrics'];
  /** What is missing of them. */
  problems: RunDetails['trackedJson'];
  running: boolean;
};

/** The metrics that a run tracked, by dataset. */
export function MetricValues({ metrics, problems, running }: MetricValuesProps) {
  const [all, setAll] = useState(false);
  const { project } = useProject();
  if (metrics.length === 0) {
    // Without a catalog nobody knows which files of an older run are metrics.
    const unread = project?.problems.some(({ code }) => code === 'CATALOG_UNKNOWN');
    const none = unread ? 'No metrics are known of this run.' : 'This run tracked no metrics.';
    return <Nothing>{running ? 'No metrics yet.' : none}</Nothing>;
  }
  const shown = all ? metrics : metrics.slice(0, METRICS_SHOWN);
  return (
    <>
      {groupByDataset(shown).map(({ dataset, members }) => (
        <DatasetGroup key={dataset} dataset={dataset}>
          {problems.map(
            ({ dataset: of, problem, url }) =>
              of === dataset && problem !== null && <TrackedProblem key={of} problem={problem} url={url} />,
          )}
          <dl className={classes.metrics}>
            {members.map(({ id, key, value }) => (
              <div key={id} className={classes.metric}>
                <dt>
                  <BreakableName name={key} />
                </dt>
                <dd title={String(value)}>{formatNumber(value, chooseFormat([value]))}</dd>
              </div>
            ))}
          </dl>
        </DatasetGroup>
      ))}
      {shown.length < metrics.length && (
        <Button onClick={() => setAll(true)}>Show {metrics.length - shown.length} more metrics</Button>
      )}
    </>
  );
}
