"""The types of the GraphQL API, a file a type."""
