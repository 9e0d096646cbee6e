import type { RunDetailsFragment } from '../graphql/generated/graphql.ts';
import { graphql } from '../graphql/generated/index.ts';

/** All that is known of a run. */
export type RunDetails = RunDetailsFragment;

export const RunDetailsDocument = graphql(`
  fragment RunDetails on Run {
    id
    title
    notes
    bookmark
    status
    startedAt
    endedAt
    duration
    author
    gitBranch
    gitSha
    gitDirty
    runCommand
    pipeline
    env
    runner
    kedroVersion
    progress {
      done
      total
    }
    nodes {
      name
      status
      startedAt
      endedAt
      duration
    }
    error {
      type
      message
      traceback
      node
    }
    metrics {
      id
      dataset
      key
      value
    }
    parameters {
      name
      value
    }
    trackedJson {
      dataset
      datasetType
      data
      problem
      url
    }
    plots {
      ...Artifact
    }
  }
`);

export const RunQuery = graphql(`
  query Run($id: ID!) {
    run(id: $id) {
      id
      ...RunDetails
    }
  }
`);

export const ComparedRunsQuery = graphql(`
  query ComparedRuns($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      ...RunDetails
    }
  }
`);

/** The newest runs, for those who came to a run's page without passing through the list. */
export const NewestRunsQuery = graphql(`
  query NewestRuns($first: Int!, $search: String) {
    runs(first: $first, search: $search) {
      edges {
        node {
          id
          title
          status
          startedAt
        }
      }
    }
  }
`);
