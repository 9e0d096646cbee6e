import { graphql } from '../../data/generated/index.ts';

export const EditRunsMutation = graphql(`
  mutation EditRuns($runIds: [ID!]!, $edit: RunEdit!) {
    editRuns(runIds: $runIds, edit: $edit) {
      __typename
      ... on EditRunsSuccess {
        runs {
          id
          title
          notes
          bookmark
          archived
          tags
        }
      }
      ... on EditFailure {
        errorMessage
      }
    }
  }
`);

/** What people have said of runs: all that an edit changes. */
export const EditableRunsQuery = graphql(`
  query EditableRuns($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      title
      startedAt
      notes
      bookmark
      archived
      tags
    }
  }
`);
