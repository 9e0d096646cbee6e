import type { RunDataQuery as RunDataQueryData } from '../../../graphql/generated/graphql.ts';
import { graphql } from '../../../graphql/generated/index.ts';

/** The data that a run loaded and saved. */
export const RunDataQuery = graphql(`
  query RunData($id: ID!) {
    run(id: $id) {
      id
      dataUses {
        dataset
        datasetType
        saved
        path
        version
        size
        fingerprint
      }
    }
  }
`);

export type DataUse = NonNullable<RunDataQueryData['run']>['dataUses'][number];
