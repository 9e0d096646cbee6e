import { graphql } from '../data/generated/index.ts';

/** What the picture needs. The source of all tasks would be many times as much: it comes when a node is opened. */
export const FlowchartQuery = graphql(`
  query Flowchart($pipeline: ID) {
    flowchart(pipeline: $pipeline) {
      state
      error {
        type
        message
        traceback
      }
      pipelines {
        id
        name
      }
      selectedPipeline
      nodes {
        id
        name
        fullName
        kind
        namespace
        tags
        datasetType
        filepath
        group
        problem
        sourcePath
      }
      edges {
        source
        target
      }
    }
  }
`);

/** Source and parameters of the nodes. */
export const NodeDetailsQuery = graphql(`
  query NodeDetails($pipeline: ID) {
    flowchart(pipeline: $pipeline) {
      nodes {
        id
        code
        parameters
      }
    }
  }
`);

/** What the newest runs tracked, to find the latest value of one dataset. */
export const LatestTrackedQuery = graphql(`
  query LatestTracked($first: Int!, $json: Boolean!, $plots: Boolean!) {
    runs(first: $first) {
      edges {
        node {
          id
          title
          startedAt
          trackedJson @include(if: $json) {
            dataset
            json
            problem
          }
          plots @include(if: $plots) {
            ...Artifact
          }
        }
      }
    }
  }
`);
