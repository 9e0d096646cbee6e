import type { ChartColumns, ChartedParameter } from '../runCharts.ts';

type Described = Partial<ChartedParameter> & { name: string };

/** Numbers from 0 to 1 with two values in ten runs, where nothing else is said. */
export function parameterOf(parameter: Described): ChartedParameter {
  return { runs: 10, kind: 'NUMBER', distinct: 2, min: 0, max: 1, ...parameter };
}

/** What a store has to chart: parameters, and metrics by their ids. */
export function columnsOf(parameters: readonly Described[], metrics: readonly string[]): ChartColumns {
  return {
    parameters: parameters.map(parameterOf),
    metrics: metrics.map((id) => {
      const [dataset = '', key = ''] = id.split('.');
      return { id, dataset, key, runs: 10, direction: null, min: 0, max: 1 };
    }),
    choices: [],
  };
}
