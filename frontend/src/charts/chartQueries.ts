import { graphql } from '../graphql/generated/index.ts';

/** What runs are called that are in no chart. */
export const RunTitlesQuery = graphql(`
  query RunTitles($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      title
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
