import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { useChanges } from '../graphql/changes.ts';
import type { MetricDirection } from '../graphql/generated/graphql.ts';
import { graphql } from '../graphql/generated/index.ts';

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
  mutation SetComparedDirection($metric: ID!, $direction: MetricDirection) {
    setMetricDirection(metric: $metric, direction: $direction) {
      __typename
    }
  }
`);

/** Which way of each metric is better, and how to say so. */
export type MetricDirections = {
  of: (metric: string) => { direction: MetricDirection | null; isSet: boolean } | undefined;
  /** Null goes back to what the name tells. */
  set: (metric: string, direction: MetricDirection | null) => void;
};

/** The better directions of all metrics, as they are set or as their names tell. */
export function useMetricDirections(): MetricDirections {
  const client = useClient();
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
      set: async (metric, direction) => {
        await client.mutation(SetMetricDirection, { metric, direction });
        refetch({ requestPolicy: 'network-only' });
      },
    };
  }, [data, client, refetch]);
}
