"""Which runs a request with a JSON body is about: `search`, `bookmarked`, `archived`, and `runIds`."""

from __future__ import annotations

from kedro_viz.api.json_requests import JsonFields
from kedro_viz.store.query.run_filter import RunFilter


def chosen_runs(fields: JsonFields, most_ids: int) -> tuple[RunFilter, list[str] | None]:
    """The runs that match, and the ids of the only ones that are meant, if they are named.

    Args:
        fields: Of the request.
        most_ids: How many ids it may have.

    Raises:
        JsonRequestError: If one of these fields is wrong.
    """
    run_ids = fields.texts("runIds", most_ids)
    # Runs that are named are wanted, archived or not.
    archived = fields.boolean("archived", False if run_ids is None else None)
    return RunFilter(fields.text("search"), fields.boolean("bookmarked", None), archived), run_ids
