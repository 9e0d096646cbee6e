import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { CombinedError, getOperationName, stringifyDocument } from '@urql/core';
import { watched } from './server/access.ts';
import { address } from './server/address.ts';

type Answer<Data> = { data?: Data | null; errors?: { message: string }[] };

/**
 * Asks the server past the cache of the app, and past what was asked before: for tables of thousands of rows, which keep
 * what they need themselves, and for questions that may be dropped before they are answered.
 *
 * @param signal Ends the request.
 * @throws CombinedError where the server does not answer or refuses
 */
export async function ask<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const { data, errors } = await post<Data>(
    { operationName: getOperationName(document), query: stringifyDocument(document), variables },
    signal,
  );
  // Part of an answer would be shown as if it were all.
  if (errors?.length || !data) throw new CombinedError({ graphQLErrors: errors ?? [] });
  return data;
}

async function post<Data>(body: object, signal: AbortSignal | undefined): Promise<Answer<Data>> {
  try {
    const response = await watched(
      fetch(address('/graphql'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body),
        signal: signal ?? null,
      }),
    );
    // The schema says what the document's answer looks like.
    return (await response.json()) as Answer<Data>;
  } catch (error) {
    throw new CombinedError({ networkError: error instanceof Error ? error : new Error(String(error)) });
  }
}
