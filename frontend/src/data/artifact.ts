import type { ArtifactFragment } from './generated/graphql.ts';
import { graphql } from './generated/index.ts';

/** A file that a run left behind: one version of a plot dataset. */
export type Artifact = ArtifactFragment;

export const ArtifactFragmentDocument = graphql(`
  fragment Artifact on Artifact {
    dataset
    datasetType
    name
    mediaType
    size
    url
    problem
  }
`);
