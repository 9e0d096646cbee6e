import type { RunRowFragment, RunsQueryVariables } from '../../graphql/generated/graphql.ts';
import { graphql } from '../../graphql/generated/index.ts';

/** A run as a row of the list. */
export type RunRow = RunRowFragment;

export const RunRowDocument = graphql(`
  fragment RunRow on Run {
    id
    title
    author
    gitBranch
    gitSha
    gitDirty
    bookmark
    status
    startedAt
    duration
    pipeline
    progress {
      done
      total
    }
    metricValues(metrics: $metrics)
  }
`);

export const RunsQuery = graphql(`
  query Runs(
    $first: Int!
    $after: String
    $search: String
    $bookmarked: Boolean
    $orderBy: [RunOrder!]
    $metrics: [ID!]!
  ) {
    runs(first: $first, after: $after, search: $search, bookmarked: $bookmarked, orderBy: $orderBy) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          ...RunRow
        }
      }
    }
  }
`);

/** Which runs a list shows, and in which order. */
export type RunFilter = Pick<RunsQueryVariables, 'search' | 'bookmarked' | 'orderBy' | 'metrics'>;

export const MetricColumnsQuery = graphql(`
  query MetricColumns {
    metricColumns {
      id
      dataset
      key
      runs
      min
      max
    }
  }
`);
