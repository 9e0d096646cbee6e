import type { Client } from 'urql';
import { type CsvValue, toCsv } from '../formatting/csv.ts';
import type { ExportedRunFragment, ExportRunsQueryVariables } from '../graphql/generated/graphql.ts';
import { graphql } from '../graphql/generated/index.ts';

export const ExportedRunDocument = graphql(`
  fragment ExportedRun on Run {
    id
    title
    status
    startedAt
    duration
    author
    gitBranch
    gitSha
    gitDirty
    pipeline
    runCommand
    bookmark
    notes
    metricValues(metrics: $metrics)
  }
`);

const ExportRuns = graphql(`
  query ExportRuns(
    $first: Int!
    $after: String
    $search: String
    $bookmarked: Boolean
    $archived: Boolean
    $orderBy: [RunOrder!]
    $metrics: [ID!]!
  ) {
    runs(
      first: $first
      after: $after
      search: $search
      bookmarked: $bookmarked
      archived: $archived
      orderBy: $orderBy
    ) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          ...ExportedRun
        }
      }
    }
  }
`);

const ExportSelectedRuns = graphql(`
  query ExportSelectedRuns($runIds: [ID!]!, $metrics: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      ...ExportedRun
    }
  }
`);

const EXPORT_PAGE = 500;

/** All runs that match, page after page. */
export async function fetchMatchingRuns(
  client: Client,
  filter: Pick<ExportRunsQueryVariables, 'search' | 'bookmarked' | 'archived' | 'orderBy' | 'metrics'>,
): Promise<ExportedRunFragment[]> {
  const runs: ExportedRunFragment[] = [];
  let after: string | null = null;
  do {
    const variables = { first: EXPORT_PAGE, after, ...filter };
    const result = await client.query(ExportRuns, variables, { requestPolicy: 'network-only' }).toPromise();
    if (result.data === undefined) throw result.error ?? new Error('The server sent no answer.');
    const page: { hasNextPage: boolean; endCursor: string | null } = result.data.runs.pageInfo;
    runs.push(...result.data.runs.edges.map((edge) => edge.node));
    after = page.hasNextPage ? page.endCursor : null;
  } while (after !== null);
  return runs;
}

/** The named runs, in this order. */
export async function fetchNamedRuns(
  client: Client,
  runIds: string[],
  metrics: string[],
): Promise<ExportedRunFragment[]> {
  const variables = { runIds, metrics };
  const result = await client
    .query(ExportSelectedRuns, variables, { requestPolicy: 'network-only' })
    .toPromise();
  if (result.data === undefined) throw result.error ?? new Error('The server sent no answer.');
  return result.data.runMetadata;
}

/** One row a run; `metrics` are the ids of its metric columns. */
export function runsToCsv(runs: ExportedRunFragment[], metrics: string[]): string {
  const header = [
    'id',
    'title',
    'status',
    'started',
    'duration_seconds',
    'author',
    'git_branch',
    'git_sha',
    'git_dirty',
    'pipeline',
    'command',
    'bookmark',
    'notes',
    ...metrics,
  ];
  const rows = runs.map((run): CsvValue[] => [
    run.id,
    run.title,
    run.status.toLowerCase(),
    run.startedAt,
    run.duration,
    run.author,
    run.gitBranch,
    run.gitSha,
    run.gitDirty,
    run.pipeline,
    run.runCommand,
    run.bookmark,
    run.notes,
    ...run.metricValues,
  ]);
  return toCsv([header, ...rows]);
}
