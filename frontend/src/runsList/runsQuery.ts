import type {
  MetricColumnsQuery as MetricColumnsData,
  ParameterColumnsQuery as ParameterColumnsData,
  RunRowFragment,
  RunsQueryVariables,
} from '../data/generated/graphql.ts';
import { graphql } from '../data/generated/index.ts';

/** A run as a row of the list. */
export type RunRow = RunRowFragment;

/** A metric over all runs. */
export type MetricColumn = MetricColumnsData['metricColumns'][number];

/** A parameter over all runs. */
export type ParameterColumn = ParameterColumnsData['parameterColumns'][number];

export const RunRowDocument = graphql(`
  fragment RunRow on Run {
    ...RunHead
    author
    bookmark
    archived
    endedAt
    pipeline
    progress {
      done
      total
    }
    gitRemote @include(if: $all)
    project @include(if: $all)
    env @include(if: $all)
    runner @include(if: $all)
    kedroVersion @include(if: $all)
    runCommand @include(if: $all)
    notes @include(if: $all)
  }
`);

export const RunsQuery = graphql(`
  query Runs(
    $first: Int!
    $offset: Int!
    $search: String
    $bookmarked: Boolean
    $archived: Boolean
    $orderBy: [RunOrder!]
    $all: Boolean!
  ) {
    runs(
      first: $first
      offset: $offset
      search: $search
      bookmarked: $bookmarked
      archived: $archived
      orderBy: $orderBy
    ) {
      totalCount
      edges {
        node {
          id
          ...RunRow
        }
      }
    }
  }
`);

export const RunIdsQuery = graphql(`
  query RunIds(
    $first: Int!
    $offset: Int!
    $search: String
    $bookmarked: Boolean
    $archived: Boolean
    $orderBy: [RunOrder!]
  ) {
    runs(
      first: $first
      offset: $offset
      search: $search
      bookmarked: $bookmarked
      archived: $archived
      orderBy: $orderBy
    ) {
      edges {
        node {
          id
        }
      }
    }
  }
`);

/** Which runs a list shows, and in which order. */
export type RunChoice = Pick<RunsQueryVariables, 'search' | 'bookmarked' | 'archived' | 'orderBy'>;

export const RunCellsQuery = graphql(`
  query RunCells($runIds: [ID!]!, $metrics: [ID!]!, $parameters: [String!]!) {
    runCells(runIds: $runIds, metrics: $metrics, parameters: $parameters) {
      metrics {
        id
        values
      }
      parameters {
        name
        texts
      }
    }
  }
`);

export const WordMatchesQuery = graphql(`
  query WordMatches($search: String!, $runIds: [ID!]!) {
    wordMatches(search: $search, runIds: $runIds) {
      word
      field
      text
    }
  }
`);

export const MetricColumnsQuery = graphql(`
  query MetricColumns {
    metricColumns {
      id
      dataset
      key
      runs
      min
      max
      direction
      directionIsSet
    }
  }
`);

export const ParameterColumnsQuery = graphql(`
  query ParameterColumns {
    parameterColumns {
      name
      runs
      kind
      min
      max
    }
  }
`);
