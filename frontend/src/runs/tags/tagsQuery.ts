import { graphql } from '../../data/generated/index.ts';

/** The tags in use, the most used first. */
export const TagsQuery = graphql(`
  query Tags {
    tags {
      tag
      runs
    }
  }
`);
