import { graphql } from './generated/index.ts';

/** Pushed by the server whenever runs, the flowchart or the indexing state changed. */
export const ChangesSubscription = graphql(`
  subscription Changes {
    changes
  }
`);
