import { graphql } from '../../data/generated/index.ts';

/** Which parameters matter for a metric, over the runs that match. */
export const ParameterImportanceQuery = graphql(`
  query ParameterImportance($metric: ID!, $search: String, $archived: Boolean) {
    parameterImportance(metric: $metric, search: $search, archived: $archived) {
      method
      runs
      explained
      note
      parameters {
        name
        importance
        correlation
      }
    }
  }
`);
