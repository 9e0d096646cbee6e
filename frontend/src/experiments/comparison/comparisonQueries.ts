import { graphql } from '../../graphql/generated/index.ts';

// Each part of the comparison has one query for all runs, sent when the part is shown.

export const ComparedDataQuery = graphql(`
  query ComparedData($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      dataUses {
        ...DataUse
      }
    }
  }
`);

export const ComparedEnvironmentsQuery = graphql(`
  query ComparedEnvironments($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      environment {
        ...Environment
      }
    }
  }
`);

export const ComparedConfigurationsQuery = graphql(`
  query ComparedConfigurations($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      configuration {
        run
        catalog
      }
    }
  }
`);

/** Which code each run ran, without the files. */
export const ComparedCodeQuery = graphql(`
  query ComparedCode($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      source {
        id
        problem
      }
    }
  }
`);

/** The files of the two runs whose code is compared. */
export const SourceFilesQuery = graphql(`
  query SourceFiles($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      source {
        id
        files {
          ...SourceFile
        }
      }
    }
  }
`);

/** A file as two runs had it; in a renamed one the paths differ. */
export const SourceTextsQuery = graphql(`
  query SourceTexts($before: ID!, $beforePath: String!, $after: ID!, $afterPath: String!) {
    before: run(id: $before) {
      id
      sourceFile(path: $beforePath)
    }
    after: run(id: $after) {
      id
      sourceFile(path: $afterPath)
    }
  }
`);

/** Which series each run logged, without the points. */
export const ComparedSeriesQuery = graphql(`
  query ComparedSeries($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      series(maxPoints: 4) {
        ...SeriesSummary
      }
    }
  }
`);

/** The points of some series of all runs, thinned out. */
export const ComparedPointsQuery = graphql(`
  query ComparedPoints($runIds: [ID!]!, $names: [String!]!, $maxPoints: Int!) {
    runMetadata(runIds: $runIds) {
      id
      series(names: $names, maxPoints: $maxPoints) {
        name
        steps
        values
        times
      }
    }
  }
`);
