import { cacheExchange, type OptimisticMutationConfig } from '@urql/exchange-graphcache';
import { createClient as createSocket, type Client as Socket } from 'graphql-ws';
import { Client, fetchExchange, subscriptionExchange } from 'urql';
import { errorsAtNulls } from './errorsAtNulls.ts';
import { fetchKeepingEdits } from './fetchKeepingEdits.ts';
import { forgetRuns } from './forgetRuns.ts';
import { freshAnswers } from './freshAnswers.ts';
import { access } from './server/access.ts';
import { address } from './server/address.ts';

// These have no identity of their own: they belong to the object that holds them. (A metric's id, "dataset.key",
// is the same in every run.)
export const PARTS = [
  'Artifact',
  'Configuration',
  'DataUse',
  'DeleteRunsSuccess',
  'DeleteViewSuccess',
  'DeletionFailure',
  'EditFailure',
  'EditRunsSuccess',
  'Flowchart',
  'FlowchartEdge',
  'FlowchartNode',
  'ImportantParameter',
  'Indexing',
  'LoadError',
  'Metric',
  'MetricCells',
  'MetricColumn',
  'MetricPlotDataset',
  'NodeRun',
  'Package',
  'PageInfo',
  'Parameter',
  'ParameterCells',
  'ParameterColumn',
  'ParameterImportance',
  'Problem',
  'Project',
  'QueryHelp',
  'QueryProblem',
  'QuerySuggestion',
  'RegisteredPipeline',
  'RestoreRunsSuccess',
  'RunCells',
  'RunConnection',
  'RunEdge',
  'RunError',
  'RunProgress',
  'SaveViewSuccess',
  'Series',
  'SetMetricDirectionSuccess',
  'SourceFile',
  'StoreState',
  'TagUse',
  'TrackedJson',
  'TrackingDataset',
  'UpdateRunDetailsFailure',
  'UpdateRunDetailsSuccess',
  'Version',
  'Viewer',
  'WordMatch',
];

/** The socket on which the server pushes changes; it reconnects by itself for as long as the page is open. */
export function createChangeSocket(): Socket {
  return createSocket({
    url: new URL(address('/graphql'), window.location.href).href.replace(/^http/, 'ws'),
    keepAlive: 20_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      const wait = Math.min(500 * 2 ** retries, 5000);
      await new Promise((resolve) => setTimeout(resolve, wait));
      // Without the token it would be refused each time.
      await access.whenOpen();
    },
  });
}

/** The GraphQL client: one normalised cache, so that an edit shows everywhere at once. */
export function createGraphqlClient(
  socket: Socket,
  optimistic: OptimisticMutationConfig,
  url = address('/graphql'),
): Client {
  return new Client({
    url,
    preferGetMethod: false,
    requestPolicy: 'cache-first',
    fetch: fetchKeepingEdits,
    exchanges: [
      freshAnswers,
      cacheExchange({
        keys: Object.fromEntries(PARTS.map((part) => [part, () => null])),
        optimistic,
        updates: { Mutation: { deleteRuns: forgetRuns, restoreRuns: forgetRuns } },
      }),
      errorsAtNulls,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ ...request, query: request.query ?? '' }, sink),
          }),
        }),
      }),
    ],
  });
}
