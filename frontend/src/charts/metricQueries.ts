import { graphql } from '../graphql/generated/index.ts';

/** Names of all metrics, and how many runs have each. */
export const MetricColumnsQuery = graphql(`
  query ChartedMetrics {
    metricColumns {
      id
      dataset
      key
      runs
    }
  }
`);

/** Values of metrics over all runs: of some metrics, of one dataset, or of all. */
export const MetricTableQuery = graphql(`
  query MetricHistory($metrics: [ID!], $dataset: String) {
    metricTable(metrics: $metrics, dataset: $dataset) {
      runIds
      titles
      startedAt
      columns {
        id
        dataset
        key
        values
      }
    }
  }
`);
