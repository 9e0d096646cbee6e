import { graphql } from '../data/generated/index.ts';

/** What runs are called that are in no chart. */
export const RunNamesQuery = graphql(`
  query RunNames($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      title
      startedAt
    }
  }
`);

/** Names of all metrics and parameters, and how many runs have each. */
export const ChartedColumnsQuery = graphql(`
  query ChartedColumns {
    metricColumns {
      id
      dataset
      key
      runs
      direction
      min
      max
    }
    parameterColumns {
      name
      runs
      kind
      distinct
      min
      max
    }
  }
`);
