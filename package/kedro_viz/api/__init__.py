"""The web application: GraphQL API, artifact files and the built web app."""
