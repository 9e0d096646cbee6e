import type { RunCodeQuery as RunCodeQueryData } from '../../../graphql/generated/graphql.ts';
import { graphql } from '../../../graphql/generated/index.ts';

/** The code that a run ran. */
export const RunCodeQuery = graphql(`
  query RunCode($id: ID!) {
    run(id: $id) {
      id
      gitDiff
      source {
        id
        problem
        files {
          path
          size
          hash
          redacted
          problem
        }
      }
    }
  }
`);

/** The text of one source file. */
export const SourceFileQuery = graphql(`
  query SourceFile($id: ID!, $path: String!) {
    run(id: $id) {
      id
      sourceFile(path: $path)
    }
  }
`);

export type SourceSnapshot = NonNullable<NonNullable<RunCodeQueryData['run']>['source']>;
export type SourceFile = SourceSnapshot['files'][number];
