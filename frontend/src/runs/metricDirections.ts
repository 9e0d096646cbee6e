import { useCallback, useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { announceChanges, useChanges } from '../data/changes.ts';
import type { MetricDirection } from '../data/generated/graphql.ts';
import { graphql } from '../data/generated/index.ts';
import { useRunEdits } from './edits/editsContext.tsx';
import { problemOf } from './edits/RunEdits.ts';

const MetricDirectionsQuery = graphql(`
  query MetricDirections {
    metricColumns {
      id
      direction
      directionIsSet
    }
  }
`);

const SetMetricDirection = graphql(`
  mutation SetMetricDirection($metric: ID!, $direction: MetricDirection) {
    setMetricDirection(metric: $metric, direction: $direction) {
      __typename
      ... on EditFailure {
        errorMessage
      }
    }
  }
`);

/** Returns a function that says which way of a metric is better; null: as its name tells. A notice tells of a refusal. */
export function useSetMetricDirection(): (
  metric: string,
  direction: MetricDirection | null,
) => Promise<void> {
  const client = useClient();
  const edits = useRunEdits();
  return useCallback(
    async (metric, direction) => {
      const { data, error } = await client.mutation(SetMetricDirection, { metric, direction }).toPromise();
      const problem = problemOf(error, data?.setMetricDirection);
      if (problem !== undefined) edits.refused(`better direction of ${metric.slice(0, 80)}`, problem);
      announceChanges(['RUNS']);
    },
    [client, edits],
  );
}

/** Which way of each metric is better, and how to say so. */
export type MetricDirections = {
  of: (metric: string) => { direction: MetricDirection | null; isSet: boolean } | undefined;
  /** Null goes back to what the name tells. */
  set: (metric: string, direction: MetricDirection | null) => void;
};

/** The better directions of all metrics, as they are set or as their names tell. */
export function useMetricDirections(): MetricDirections {
  const set = useSetMetricDirection();
  const [{ data }, refetch] = useQuery({ query: MetricDirectionsQuery });
  useChanges(['RUNS'], () => refetch({ requestPolicy: 'network-only' }));
  return useMemo(() => {
    const known = new Map(
      data?.metricColumns.map(({ id, direction, directionIsSet }) => [
        id,
        { direction, isSet: directionIsSet },
      ]),
    );
    return {
      of: (metric) => known.get(metric),
      set: (metric, direction) => void set(metric, direction),
    };
  }, [data, set]);
}
