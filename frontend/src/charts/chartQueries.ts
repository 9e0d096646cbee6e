import { graphql } from '../graphql/generated/index.ts';

/** Names of all metrics and parameters, and how many runs have each. */
export const ChartedColumnsQuery = graphql(`
  query ChartedColumns {
    metricColumns {
      id
      dataset
      key
      runs
      direction
    }
    parameterColumns {
      name
      runs
      kind
      min
      max
    }
  }
`);
