import { graphql } from '../../data/generated/index.ts';

export const DeleteRunsMutation = graphql(`
  mutation DeleteRuns($runIds: [ID!]!, $withFiles: Boolean!) {
    deleteRuns(runIds: $runIds, withFiles: $withFiles) {
      __typename
      ... on DeleteRunsSuccess {
        runIds
      }
      ... on DeletionFailure {
        errorMessage
      }
    }
  }
`);

export const RestoreRunsMutation = graphql(`
  mutation RestoreRuns($runIds: [ID!]!) {
    restoreRuns(runIds: $runIds) {
      __typename
      ... on RestoreRunsSuccess {
        runIds
      }
      ... on DeletionFailure {
        errorMessage
      }
    }
  }
`);

/** What is told of runs before they are deleted. */
export const RunsToDeleteQuery = graphql(`
  query RunsToDelete($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      title
      startedAt
      status
    }
  }
`);
