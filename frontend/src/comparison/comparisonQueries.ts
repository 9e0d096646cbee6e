import type {
  ComparedJsonQuery as JsonData,
  ComparedOverviewQuery as OverviewData,
  RunHeadFragment,
} from '../data/generated/graphql.ts';
import { graphql } from '../data/generated/index.ts';

// Each part of the comparison has one query for all runs, sent when the part is shown.

/** What every part needs of a compared run. */
export type ComparedRun = RunHeadFragment;

/** What a run measured, was given and is. */
export type OverviewRun = OverviewData['runMetadata'][number];

/** What a run tracked as JSON. */
export type JsonRun = JsonData['runMetadata'][number];

export const ComparedRunsQuery = graphql(`
  query ComparedRuns($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      ...RunHead
    }
  }
`);

export const ComparedOverviewQuery = graphql(`
  query ComparedOverview($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      ...RunHead
      notes
      peakMemory
      author
      gitRemote
      runCommand
      project
      pipeline
      env
      runner
      kedroVersion
      error {
        type
        message
      }
      metrics {
        id
        dataset
        key
        value
      }
      parameters {
        name
        json
      }
    }
  }
`);

export const ComparedJsonQuery = graphql(`
  query ComparedJson($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      trackedJson {
        dataset
        json
        problem
      }
    }
  }
`);

export const ComparedPlotsQuery = graphql(`
  query ComparedPlots($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      plots {
        ...Artifact
      }
    }
  }
`);

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

/** In which environment each run ran, without what was installed there. */
export const ComparedEnvironmentIdsQuery = graphql(`
  query ComparedEnvironmentIds($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      environment {
        id
      }
    }
  }
`);

export const ComparedEnvironmentsQuery = graphql(`
  query ComparedEnvironments($runIds: [ID!]!) {
    runMetadata(runIds: $runIds) {
      id
      environment {
        id
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
      trackedJson {
        dataset
        json
      }
    }
  }
`);
