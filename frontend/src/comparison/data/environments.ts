import { useMemo } from 'react';
import { type Client, useQuery } from 'urql';
import type { ComparedEnvironmentsQuery as EnvironmentsData } from '../../data/generated/graphql.ts';
import {
  ComparedEnvironmentIdsQuery,
  ComparedEnvironmentsQuery,
  type ComparedRun,
} from '../comparisonQueries.ts';
import { useRecord } from './useRecord.ts';

type Environment = NonNullable<EnvironmentsData['runMetadata'][number]['environment']>;
type EnvironmentOfRun = { id: string; environment: { id: string } | null };

/** A run with the environment that it ran in; null where none was recorded. */
export type EnvironmentRun = { id: string; environment: Environment | null };

/**
 * Asks in which environments some runs ran. Most runs share one, and it lists hundreds of packages: so it is asked for
 * once, through the first run that has it.
 *
 * @returns the environment of each run in the order of `runs`, undefined for a run of which none has come
 */
export function useEnvironments(runs: ComparedRun[]) {
  const ids = useRecord(ComparedEnvironmentIdsQuery, runs);
  const runIds = useMemo(() => firstOfEach((ids.records ?? []).flatMap((run) => run ?? [])), [ids.records]);
  const [{ data, error }, refetch] = useQuery({
    query: ComparedEnvironmentsQuery,
    variables: { runIds },
    pause: ids.records === undefined || runIds.length === 0,
  });
  const records = useMemo(() => {
    if (ids.records === undefined || (data === undefined && runIds.length > 0)) return undefined;
    const environments = byId(data);
    return ids.records.map((run) => run && withEnvironment(run, environments));
  }, [ids.records, data, runIds]);
  const reload = () => {
    ids.reload();
    refetch({ requestPolicy: 'network-only' });
  };
  return { records, error: ids.error ?? error, reload };
}

/**
 * The same, asked for once.
 *
 * @throws CombinedError if the server does not answer
 */
export async function fetchEnvironments(
  client: Client,
  runIds: string[],
): Promise<Map<string, EnvironmentRun>> {
  const options = { requestPolicy: 'network-only' } as const;
  const ids = await client.query(ComparedEnvironmentIdsQuery, { runIds }, options);
  if (ids.data === undefined) throw ids.error ?? new Error('The server sent no answer.');
  const runs = ids.data.runMetadata;
  const found = await client.query(ComparedEnvironmentsQuery, { runIds: firstOfEach(runs) }, options);
  if (found.data === undefined) throw found.error ?? new Error('The server sent no answer.');
  const environments = byId(found.data);
  return new Map(
    runs.flatMap((run) => {
      const record = withEnvironment(run, environments);
      return record ? [[run.id, record]] : [];
    }),
  );
}

/** For each environment one run that has it. */
function firstOfEach(runs: readonly EnvironmentOfRun[]): string[] {
  const first = new Map<string, string>();
  for (const { id, environment } of runs) {
    if (environment !== null && !first.has(environment.id)) first.set(environment.id, id);
  }
  return [...first.values()].sort();
}

function byId(data: EnvironmentsData | undefined): Map<string, Environment> {
  return new Map(
    data?.runMetadata.flatMap(({ environment }) => (environment ? [[environment.id, environment]] : [])),
  );
}

function withEnvironment(
  { id, environment }: EnvironmentOfRun,
  environments: ReadonlyMap<string, Environment>,
): EnvironmentRun | undefined {
  if (environment === null) return { id, environment };
  const found = environments.get(environment.id);
  return found && { id, environment: found };
}
