import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type AnyVariables, Client, fetchExchange } from 'urql';

let client: Client | undefined;

/**
 * Asks the server past the cache of the app: for tables of thousands of rows, which keep what they need themselves, and
 * for questions that may be dropped before they are answered.
 *
 * @param signal Ends the request.
 * @throws CombinedError where the server does not answer or refuses
 */
export function ask<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  client ??= new Client({ url: '/graphql', preferGetMethod: false, exchanges: [fetchExchange] });
  const source = client.query(document, variables, { requestPolicy: 'network-only' });
  return new Promise((resolve, reject) => {
    const { unsubscribe } = source.subscribe(({ data, error }) => {
      signal?.removeEventListener('abort', drop);
      // Part of an answer would be shown as if it were all.
      if (data === undefined || data === null || error)
        reject(error ?? new Error('The server sent no answer.'));
      else resolve(data);
    });
    function drop() {
      unsubscribe();
      reject(new DOMException('Nobody waits for the answer any more.', 'AbortError'));
    }
    if (signal?.aborted) drop();
    else signal?.addEventListener('abort', drop, { once: true });
  });
}
