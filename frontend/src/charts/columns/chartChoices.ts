import { metricColumn } from '../../runs/metricId.ts';
import { describeColumn, RUN_FIELDS, type RunField, titleOfColumn } from '../../runs/runColumns.ts';
import { groupByDataset } from '../metrics/metricSelection.ts';
import type { ChartedMetric, ChartedParameter } from '../runCharts.ts';
import type { ColumnChoice } from './columnChoices.ts';

/** Fields that are a text of its own in nearly every run, which no chart can line up. */
const TEXTS: ReadonlySet<RunField> = new Set(['id', 'title', 'notes', 'command']);

/**
 * All columns that charts can draw: fields of runs, then parameters, then metrics by dataset.
 *
 * @param counted whether to tell how many runs have each; so many of the whole store do
 */
export function chartChoices(
  metrics: readonly ChartedMetric[],
  parameters: readonly ChartedParameter[],
  counted: boolean,
): ColumnChoice[] {
  const choices: ColumnChoice[] = [
    ...RUN_FIELDS.filter((name) => !TEXTS.has(name)).map((name) => ({
      name,
      label: titleOfColumn({ source: 'run', name }),
      group: 'Run',
    })),
    ...groupByDataset(metrics).flatMap(({ dataset, metrics: members }) =>
      members.map(({ id, key, runs }) => ({
        name: metricColumn(id),
        label: key,
        fullLabel: describeColumn({ source: 'metrics', name: id }),
        group: `Metrics of ${dataset}`,
        runs: counted ? runs : undefined,
      })),
    ),
    ...parameters.map(({ name, runs }) => ({
      name: `params.${name}`,
      label: name,
      group: 'Parameters',
      runs: counted ? runs : undefined,
    })),
  ];
  const uses = new Map<string, number>();
  for (const { label } of choices) uses.set(label, (uses.get(label) ?? 0) + 1);
  return choices.map(({ fullLabel, ...choice }) =>
    fullLabel !== undefined && (uses.get(choice.label) ?? 0) > 1 ? { ...choice, fullLabel } : choice,
  );
}
