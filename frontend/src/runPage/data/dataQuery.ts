import type { DataUseFragment } from '../../data/generated/graphql.ts';
import { graphql } from '../../data/generated/index.ts';

/** A dataset as a run loaded or saved it. */
export type DataUse = DataUseFragment;

export const DataUseDocument = graphql(`
  fragment DataUse on DataUse {
    dataset
    datasetType
    saved
    path
    version
    size
    fingerprint
  }
`);

/** The data that a run loaded and saved. */
export const RunDataQuery = graphql(`
  query RunData($id: ID!) {
    run(id: $id) {
      id
      dataUses {
        ...DataUse
      }
    }
  }
`);
