import type { RunDetailsFragment, RunQuery as RunQueryData } from '../data/generated/graphql.ts';
import { graphql } from '../data/generated/index.ts';

/** What a run was, and what it measured. */
export type RunDetails = RunDetailsFragment;

/** All that a run's page shows at once; what stands in its other parts is asked for there. */
export type RunOnPage = NonNullable<RunQueryData['run']>;

export const RunDetailsDocument = graphql(`
  fragment RunDetails on Run {
    id
    title
    notes
    bookmark
    archived
    tags
    status
    startedAt
    endedAt
    duration
    author
    gitBranch
    gitSha
    gitDirty
    runCommand
    project
    pipeline
    env
    runner
    kedroVersion
    gitRemote
    peakMemory
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
      json
    }
    trackedJson {
      dataset
      datasetType
      json
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
      nodes {
        peakMemory
      }
      artifacts {
        ...Artifact
      }
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
