"""The store that the corpus asks, and its runs as the web app's evaluator gets them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from kedro_viz.store.repository import RunRepository
from kedro_viz.store.tables import run_tags
from kedro_viz.tracking.events import DatasetSaved, Event, NodeStarted, SeriesLogged
from kedro_viz.tracking.parameters import Parameter, flatten_parameters
from kedro_viz.tracking.run import RunFailure
from tests.api.serving import JSON_TYPE, METRICS_TYPE, record, run_events, run_id
from tests.store.query.test_expressions import make_store, milliseconds

# The first whole number that a float does not tell from the next.
_SHARED = 2**53 + 1


def corpus_store(path: Path) -> RunRepository:
    """The runs of the tests of expressions, and some with unusual names, numbers and lists."""
    repository = make_store(path)
    record(path, *_further_events())
    with repository._engine.begin() as connection:
        connection.execute(insert(run_tags).values(run_id=run_id(5), tag="Naïve x", present=True, updated_at=1))
        # A run of Kedro-Viz 10 that nobody has described.
        connection.execute(text("INSERT INTO runs (id, blob) VALUES ('from elsewhere', '\"{}\"')"))
    repository.details.update(run_id(5), title="naïve Bayes", bookmark=True)
    return repository


def _further_events() -> list[Event]:
    unusual = {
        "big": _SHARED,
        "kind": "naïve",
        "seed": 0.5,
        "odd": [1, "x", True, None, 2.0, _SHARED],
        "model_options": {"test_size": 1},
    }
    found = run_events(
        run_id(5), author="Zoë", git_branch="dev", started_at=milliseconds(2), parameters=flatten_parameters(unusual)
    )
    found += [
        DatasetSaved(run_id(5), "q", METRICS_TYPE, "p", metrics={"x.y": 2.5}),
        DatasetSaved(run_id(5), "q.x", METRICS_TYPE, "p", metrics={"y": -2.5}),
        DatasetSaved(run_id(5), "evaluate", METRICS_TYPE, "p", metrics={"big": _SHARED, "r2_score": 0.0}),
        DatasetSaved(run_id(5), "data.columns", JSON_TYPE, "p", document='{"rows": 9007199254740993, "name": "naïve"}'),
        SeriesLogged(run_id(5), "loss", "a", [0, 1], [math.nan, math.inf], [1, 2]),
        NodeStarted(run_id(5), "naïve", 1),
    ]
    parameters = [Parameter("seed", "NaN"), Parameter("big", str(_SHARED + 1)), Parameter("odd", '"x"')]
    found += run_events(
        run_id(6),
        author="O'Hara's",
        git_branch='a"b',
        git_dirty=True,
        started_at=milliseconds(14, 23),
        parameters=parameters,
        failure=RunFailure("KeyError", "'x'", "Traceback"),
    )
    found += [DatasetSaved(run_id(6), "evaluate", METRICS_TYPE, "p", metrics={"big": _SHARED + 1, "mae": -math.inf})]
    return found


_FIELDS = """
    SELECT runs.id, coalesce(nullif(title, ''), runs.id) AS title, coalesce(status, 'succeeded') AS status,
        started_at AS started, ended_at AS ended, max(ended_at - started_at, 0) / 1000.0 AS duration, author,
        git_branch AS "git.branch", git_sha AS "git.sha", git_dirty AS "git.dirty", git_remote AS "git.remote", project,
        pipeline, env, runner, command, kedro_version, error_type AS "error.type", error_message AS "error.message",
        error_node AS "error.node", nullif(notes, '') AS notes, coalesce(bookmark, 0) AS bookmarked,
        coalesce(archived, 0) AS archived
    FROM runs LEFT JOIN user_run_details ON run_id = runs.id ORDER BY runs.id
"""
_FLAGS = ("git.dirty", "bookmarked", "archived")


def runs_of(connection: Connection) -> list[dict[str, Any]]:  # Any: JSON
    """What the web app's evaluator knows of runs: fields, metrics, parameters, tracked JSON and series."""
    found = []
    for row in connection.execute(text(_FIELDS)).mappings():
        run = {name: value for name, value in row.items() if value is not None}
        run |= {name: bool(run[name]) for name in _FLAGS if name in run}

        def asked(sql: str, run: str = row["id"]) -> list[Any]:  # Any: rows
            return list(connection.execute(text(f"{sql} ORDER BY 1, 2"), {"run": run}))

        run["tags"] = [tag for tag, _ in asked("SELECT tag, 0 FROM run_tags WHERE run_id = :run AND present")]
        run["nodes"] = [
            node for node, _ in asked("SELECT node, 0 FROM node_runs WHERE run_id = :run AND started_at IS NOT NULL")
        ]
        metrics = asked(
            "SELECT dataset, key, value, exact FROM metrics JOIN metric_names ON id = metric_id "
            "WHERE run_id = :run AND value IS NOT NULL"
        )
        run["metrics"] = [[dataset, key, exact or _number(value)] for dataset, key, value, exact in metrics]
        run["params"] = dict(asked("SELECT name, value FROM parameters WHERE run_id = :run"))
        run["json"] = dict(asked("SELECT dataset, data FROM tracked_json WHERE run_id = :run"))
        run["series"] = {
            name: {"last": _number(last), "min": _number(low), "max": _number(high)}
            for name, last, low, high in asked(
                "SELECT name, (SELECT last FROM series_chunks AS later WHERE later.run_id = c.run_id AND "
                "later.name = c.name ORDER BY last_at DESC, last_step DESC LIMIT 1), min(min), max(max) "
                "FROM series_chunks AS c WHERE run_id = :run GROUP BY name"
            )
        }
        found.append(run)
    return found


def _number(value: float | None) -> float | str | None:
    """A number as JSON; infinities as texts."""
    return str(value) if value is not None and math.isinf(value) else value


def as_json(value: object) -> str:
    """JSON with a line for each member of the first two levels: readable, and with small differences."""
    if not isinstance(value, dict):
        raise TypeError(type(value))
    parts = []
    for key, part in value.items():
        lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in part) if isinstance(part, list) else None
        parts.append(
            f'"{key}": [\n{lines}\n]' if lines is not None else f'"{key}": {json.dumps(part, ensure_ascii=False)}'
        )
    return "{\n" + ",\n".join(parts) + "\n}\n"
