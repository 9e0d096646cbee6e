import { graphql } from '../graphql/generated/index.ts';

/** What a run logged by step, without the points. */
export const LoggedSeriesQuery = graphql(`
  query LoggedSeries($id: ID!) {
    run(id: $id) {
      id
      series(maxPoints: 4) {
        name
        count
        min
        max
        lastStep
        last
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
