import type { SeriesSummaryFragment } from '../data/generated/graphql.ts';
import { graphql } from '../data/generated/index.ts';

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
    direction
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

/** The points of some series, thinned out; of some steps only, if these are given. */
export const SeriesPointsQuery = graphql(`
  query SeriesPoints($id: ID!, $names: [String!]!, $maxPoints: Int!, $firstStep: Float, $lastStep: Float) {
    run(id: $id) {
      id
      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {
        name
        count
        steps
        values
        times
      }
    }
  }
`);

/** The points of some series of several runs, thinned out. Times are only asked for where they are drawn. */
export const SeriesOfRunsQuery = graphql(`
  query SeriesOfRuns(
    $runIds: [ID!]!
    $names: [String!]!
    $maxPoints: Int!
    $firstStep: Float
    $lastStep: Float
    $withTimes: Boolean!
  ) {
    runMetadata(runIds: $runIds) {
      id
      series(names: $names, maxPoints: $maxPoints, firstStep: $firstStep, lastStep: $lastStep) {
        name
        steps
        values
        times @include(if: $withTimes)
      }
    }
  }
`);
