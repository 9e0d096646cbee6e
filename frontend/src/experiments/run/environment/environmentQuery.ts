import type { RunEnvironmentQuery as RunEnvironmentQueryData } from '../../../graphql/generated/graphql.ts';
import { graphql } from '../../../graphql/generated/index.ts';

/** What a run ran in, and what it was told to do. */
export const RunEnvironmentQuery = graphql(`
  query RunEnvironment($id: ID!) {
    run(id: $id) {
      id
      environment {
        python
        implementation
        platform
        packages {
          name
          version
          source
        }
      }
      configuration {
        run
        parameters
        catalog
      }
    }
  }
`);

type RunWithEnvironment = NonNullable<RunEnvironmentQueryData['run']>;
export type Environment = NonNullable<RunWithEnvironment['environment']>;
export type Package = Environment['packages'][number];
export type Configuration = NonNullable<RunWithEnvironment['configuration']>;
