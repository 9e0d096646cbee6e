"""The GraphQL schema. `python -m kedro_viz.api.schema` prints it."""

from __future__ import annotations

import sys

import strawberry
from strawberry.extensions import MaxTokensLimiter, QueryDepthLimiter
from strawberry.schema.config import StrawberryConfig

from kedro_viz.api.mutations import Mutation
from kedro_viz.api.queries import Query
from kedro_viz.api.scalars import SCALARS
from kedro_viz.api.subscriptions import Subscription

# No list leads back to itself in this schema: a deeper query than this is none of ours.
_MAX_DEPTH = 12
_MAX_TOKENS = 20_000

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=[
        lambda: QueryDepthLimiter(max_depth=_MAX_DEPTH),
        lambda: MaxTokensLimiter(max_token_count=_MAX_TOKENS),
    ],
)

if __name__ == "__main__":
    sys.stdout.write(schema.as_str() + "\n")
