import { useCallback } from 'react';
import { useClient } from 'urql';
import type { RunInput } from '../graphql/generated/graphql.ts';
import { graphql } from '../graphql/generated/index.ts';

const UpdateRunDetails = graphql(`
  mutation UpdateRunDetails($runId: ID!, $runInput: RunInput!) {
    updateRunDetails(runId: $runId, runInput: $runInput) {
      __typename
      ... on UpdateRunDetailsSuccess {
        run {
          id
          title
          notes
          bookmark
        }
      }
      ... on UpdateRunDetailsFailure {
        id
        errorMessage
      }
    }
  }
`);

/**
 * Returns a function that saves edits of a run. Shown at once everywhere; resolves to a sentence where the server
 * refused, and then everything is as before.
 */
export function useUpdateRun(): (runId: string, runInput: RunInput) => Promise<string | undefined> {
  const client = useClient();
  return useCallback(
    async (runId, runInput) => {
      const { data, error } = await client.mutation(UpdateRunDetails, { runId, runInput }).toPromise();
      if (error)
        return error.networkError ? 'The server could not be reached; nothing was saved.' : error.message;
      const answer = data?.updateRunDetails;
      return answer?.__typename === 'UpdateRunDetailsFailure' ? answer.errorMessage : undefined;
    },
    [client],
  );
}
