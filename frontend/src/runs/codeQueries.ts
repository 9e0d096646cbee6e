import type { RunCodeQuery as RunCodeQueryData, SourceFileFragment } from '../data/generated/graphql.ts';
import { graphql } from '../data/generated/index.ts';

/** A file of a run's code, without its text. */
export type SourceFile = SourceFileFragment;

export const SourceFileDocument = graphql(`
  fragment SourceFile on SourceFile {
    path
    size
    hash
    redacted
    problem
  }
`);

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
          ...SourceFile
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
