import type {
  EnvironmentFragment,
  RunEnvironmentQuery as RunEnvironmentQueryData,
} from '../../data/generated/graphql.ts';
import { graphql } from '../../data/generated/index.ts';

/** What a run ran in. */
export type Environment = EnvironmentFragment;
export type Package = Environment['packages'][number];

export const EnvironmentDocument = graphql(`
  fragment Environment on Environment {
    id
    python
    implementation
    platform
    packages {
      name
      version
      source
    }
  }
`);

/** What a run ran in, and what it was told to do. */
export const RunEnvironmentQuery = graphql(`
  query RunEnvironment($id: ID!) {
    run(id: $id) {
      id
      environment {
        ...Environment
      }
      configuration {
        run
        parameters
        catalog
      }
    }
  }
`);

export type Configuration = NonNullable<NonNullable<RunEnvironmentQueryData['run']>['configuration']>;
