"""The environment variable that holds the server's token."""

TOKEN_VARIABLE = "KEDRO_VIZ_TOKEN"  # noqa: S105 - its name
