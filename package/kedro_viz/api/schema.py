"""The GraphQL schema. `python -m kedro_viz.api.schema` prints it."""

from __future__ import annotations

import sys

from strawberry.schema.config import StrawberryConfig

from kedro_viz.api.access.mutations_allowed import MutationsAllowed
from kedro_viz.api.answering_schema import AnsweringSchema
from kedro_viz.api.context import FreshLoaders
from kedro_viz.api.errors import HideUnexpectedErrors
from kedro_viz.api.mutations import Mutation
from kedro_viz.api.operation_limits import OperationLimits
from kedro_viz.api.queries import Query
from kedro_viz.api.scalars import SCALARS
from kedro_viz.api.subscriptions import Subscription

schema = AnsweringSchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=[HideUnexpectedErrors, OperationLimits, MutationsAllowed, FreshLoaders],
)

if __name__ == "__main__":
    sys.stdout.write(schema.as_str() + "\n")
