import { graphql } from '../../data/generated/index.ts';

export const QueryHelpQuery = graphql(`
  query QueryHelp($text: String!, $position: Int!) {
    queryHelp(text: $text, position: $position) {
      isExpression
      problem {
        message
        start
        end
      }
      suggestions {
        text
        label
        kind
        detail
        start
        end
      }
    }
  }
`);

/** What examples of queries are made of. */
export const QueryExamplesQuery = graphql(`
  query QueryExamples {
    metricColumns {
      id
      runs
      min
      max
      direction
    }
    parameterColumns {
      name
      runs
      min
      max
    }
  }
`);
