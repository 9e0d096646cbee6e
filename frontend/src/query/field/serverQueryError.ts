import type { CombinedError } from 'urql';

/** Whether the server could not understand the query, which is no failure of its own. */
export function isQueryError(error: Error | CombinedError | undefined): boolean {
  return (
    error !== undefined &&
    'graphQLErrors' in error &&
    error.graphQLErrors.some(({ extensions }) => extensions?.query !== undefined)
  );
}
