import { RUN_FIELDS, type RunField, titleOfColumn } from '../../experiments/runColumns.ts';
import { groupByDataset } from '../metrics/metricSelection.ts';
import type { ChartedMetric, ChartedParameter } from '../runCharts.ts';
import type { ColumnChoice } from './columnChoices.ts';

/** Fields that are a text of its own in nearly every run, which no chart can line up. */
const TEXTS: ReadonlySet<RunField> = new Set(['id', 'title', 'notes', 'command']);

/** All columns that charts can draw: fields of runs, then parameters, then metrics by dataset. */
export function chartChoices(
  metrics: readonly ChartedMetric[],
  parameters: readonly ChartedParameter[],
): ColumnChoice[] {
  return [
    ...RUN_FIELDS.filter((name) => !TEXTS.has(name)).map((name) => ({
      name,
      label: titleOfColumn({ source: 'run', name }),
      group: 'Run',
    })),
    ...groupByDataset(metrics).flatMap(({ dataset, metrics: members }) =>
      members.map(({ id, key, runs }) => ({
        name: `metrics.${id}`,
        label: key,
        group: `Metrics of ${dataset}`,
        runs,
      })),
    ),
    ...parameters.map(({ name, runs }) => ({
      name: `params.${name}`,
      label: name,
      group: 'Parameters',
      runs,
    })),
  ];
}
