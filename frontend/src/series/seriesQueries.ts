import type { SeriesSummaryFragment } from '../graphql/generated/graphql.ts';
import { graphql } from '../graphql/generated/index.ts';

/** A logged series without its points. */
export type SeriesSummary = SeriesSummaryFragment;

export const SeriesSummaryDocument = graphql(`
  fragment SeriesSummary on Series {
    name
    count
    min
    max
    lastStep
    last
  }
`);

/** What a run logged by step, without the points. */
export const LoggedSeriesQuery = graphql(`
  query LoggedSeries($id: ID!) {
    run(id: $id) {
      id
      series(maxPoints: 4) {
        ...SeriesSummary
      }
    }
  }
`);

/** The points of some series, thinned out. */
export const SeriesPointsQuery = graphql(`
  query SeriesPoints($id: ID!, $names: [String!]!, $maxPoints: Int!) {
    run(id: $id) {
      id
      series(names: $names, maxPoints: $maxPoints) {
        name
        count
        steps
        values
        times
      }
    }
  }
`);
