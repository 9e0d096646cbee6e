import type { SavedViewsQuery as SavedViewsQueryData } from '../data/generated/graphql.ts';
import { graphql } from '../data/generated/index.ts';

export const SavedViewsQuery = graphql(`
  query SavedViews {
    savedViews {
      id
      name
      state
      createdBy
      updatedAt
      updatedBy
    }
  }
`);

export type SavedView = SavedViewsQueryData['savedViews'][number];

export const SaveViewMutation = graphql(`
  mutation SaveView($id: ID, $name: String!, $state: JSON!) {
    saveView(id: $id, name: $name, state: $state) {
      ... on SaveViewSuccess {
        view {
          id
          name
          state
          createdBy
          updatedAt
          updatedBy
        }
      }
      ... on EditFailure {
        errorMessage
      }
    }
  }
`);

export const DeleteViewMutation = graphql(`
  mutation DeleteView($id: ID!) {
    deleteView(id: $id) {
      ... on DeleteViewSuccess {
        id
      }
      ... on EditFailure {
        errorMessage
      }
    }
  }
`);
