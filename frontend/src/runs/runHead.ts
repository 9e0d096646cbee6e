import { graphql } from '../data/generated/index.ts';

/** What is shown of a run wherever there are several: in the list, and above what is compared. */
export const RunHeadDocument = graphql(`
  fragment RunHead on Run {
    id
    title
    tags
    status
    startedAt
    duration
    gitBranch
    gitSha
    gitDirty
  }
`);
