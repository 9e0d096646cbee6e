"""The session store's schema for SQLite, and how older files are brought to it.

Plain SQL and the standard library only: this runs inside users' `kedro run`, where importing SQLAlchemy alone would
cost more than the whole record. `tables.py` describes the same tables to the reading side; a test holds the two
together.

Version 0 is the file of Kedro-Viz 10: `runs(id, blob)` and `user_run_details`. It keeps its tables and columns, so
that Kedro-Viz 10 still opens an upgraded file; what is new stands in added nullable columns and in tables of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from kedro_viz.tracking.run import RunStatus, time_of_run_id
from kedro_viz.tracking.run_setting import parse_blob

SCHEMA_VERSION = 3

_KEDRO_VIZ_10 = (
    "CREATE TABLE IF NOT EXISTS runs (id VARCHAR NOT NULL, blob JSON, PRIMARY KEY (id))",
    "CREATE INDEX IF NOT EXISTS ix_runs_id ON runs (id)",
    """CREATE TABLE IF NOT EXISTS user_run_details (
        id INTEGER NOT NULL,
        run_id VARCHAR,
        bookmark BOOLEAN,
        title VARCHAR,
        notes VARCHAR,
        PRIMARY KEY (id),
        UNIQUE (run_id),
        FOREIGN KEY(run_id) REFERENCES runs (id)
    )""",
    "CREATE INDEX IF NOT EXISTS ix_user_run_details_id ON user_run_details (id)",
)

# Times are whole milliseconds since 1970 in UTC.
_VERSION_1_COLUMNS = {
    "runs": {
        "status": "VARCHAR",
        "started_at": "BIGINT",
        "ended_at": "BIGINT",
        "author": "VARCHAR",
        "command": "VARCHAR",
        "pipeline": "VARCHAR",
        "env": "VARCHAR",
        "runner": "VARCHAR",
        "kedro_version": "VARCHAR",
        "git_sha": "VARCHAR",
        "git_branch": "VARCHAR",
        "git_dirty": "BOOLEAN",
        "error_type": "VARCHAR",
        "error_message": "VARCHAR",
        "error_traceback": "VARCHAR",
        "error_node": "VARCHAR",
        "host": "VARCHAR",
        "process": "INTEGER",
        "heartbeat_at": "BIGINT",
    },
    # Each field has a time of its own, so that two people's edits of different fields are both kept.
    "user_run_details": {
        "title_updated_at": "BIGINT",
        "notes_updated_at": "BIGINT",
        "bookmark_updated_at": "BIGINT",
        "updated_at": "BIGINT",
        "updated_by": "VARCHAR",
    },
}

_VERSION_1 = (
    "CREATE TABLE schema_version (version INTEGER NOT NULL, PRIMARY KEY (version))",
    # A run that Kedro-Viz 10 adds to our file has a blob and nothing else; this finds such runs at once.
    "CREATE INDEX ix_runs_without_status ON runs (id) WHERE status IS NULL",
    "CREATE INDEX ix_runs_started_at ON runs (started_at, id)",
    # The runs that may have vanished are looked for every few seconds.
    "CREATE INDEX ix_runs_running ON runs (id) WHERE status = 'running'",
    """CREATE TABLE node_runs (
        run_id VARCHAR NOT NULL,
        node VARCHAR NOT NULL,
        position INTEGER,
        started_at BIGINT,
        ended_at BIGINT,
        failed BOOLEAN,
        PRIMARY KEY (run_id, node)
    ) WITHOUT ROWID""",
    # A metric's name is stored once, for a hundred thousand runs that have it.
    """CREATE TABLE metric_names (
        id INTEGER NOT NULL,
        dataset VARCHAR NOT NULL,
        key VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (dataset, key)
    )""",
    # NaN is NULL here: SQLite has no other way to write it.
    """CREATE TABLE metrics (
        run_id VARCHAR NOT NULL,
        metric_id INTEGER NOT NULL,
        value REAL,
        PRIMARY KEY (run_id, metric_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_metrics_by_value ON metrics (metric_id, value, run_id)",
    """CREATE TABLE parameters (
        run_id VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY (run_id, name)
    ) WITHOUT ROWID""",
    """CREATE TABLE tracked_json (
        run_id VARCHAR NOT NULL,
        dataset VARCHAR NOT NULL,
        data VARCHAR NOT NULL,
        PRIMARY KEY (run_id, dataset)
    )""",
    """CREATE TABLE artifacts (
        run_id VARCHAR NOT NULL,
        dataset VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        type VARCHAR NOT NULL,
        path VARCHAR NOT NULL,
        size BIGINT,
        problem VARCHAR,
        PRIMARY KEY (run_id, dataset, name)
    )""",
    # Which runs have a dataset's version is asked for each dataset whenever there is a new run.
    "CREATE INDEX ix_artifacts_by_dataset ON artifacts (dataset, run_id)",
)

# What a run ran with, what it read and wrote, and its series; and how people keep order among runs.
_VERSION_2_COLUMNS = {
    "user_run_details": {"archived": "BOOLEAN", "archived_updated_at": "BIGINT"},
    "runs": {
        "git_remote": "VARCHAR",
        # These four are hashes of rows in `contents`.
        "git_diff": "VARCHAR",
        "source": "VARCHAR",
        "environment": "VARCHAR",
        "configuration": "VARCHAR",
        "peak_memory": "BIGINT",
    },
    "node_runs": {"peak_memory": "BIGINT"},
}

_VERSION_2 = (
    # Texts and files by the SHA-256 of what they hold, compressed by zlib: stored once for all runs that have them.
    """CREATE TABLE contents (
        hash VARCHAR NOT NULL,
        size BIGINT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (hash)
    )""",
    """CREATE TABLE data_uses (
        run_id VARCHAR NOT NULL,
        dataset VARCHAR NOT NULL,
        saved BOOLEAN NOT NULL,
        type VARCHAR NOT NULL,
        path VARCHAR,
        version VARCHAR,
        size BIGINT,
        fingerprint VARCHAR,
        PRIMARY KEY (run_id, dataset, saved)
    ) WITHOUT ROWID""",
    # A row is what one process logged of a series in one go: see `tracking/series/series_points.py` for its points.
    # A summary in a few numbers stands beside them, so that nobody has to unpack them for that. `min` and `max`
    # are of the finite values; `last_step`, `last_at` and `last` of the last point: NULL is a value that is NaN.
    """CREATE TABLE series_chunks (
        run_id VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        batch VARCHAR NOT NULL,
        first_at BIGINT NOT NULL,
        last_at BIGINT NOT NULL,
        count INTEGER NOT NULL,
        min REAL,
        max REAL,
        last_step REAL NOT NULL,
        last REAL,
        points BLOB NOT NULL,
        PRIMARY KEY (run_id, name, batch)
    ) WITHOUT ROWID""",
    # A query asks for one series of all runs: here its numbers stand together, the last point of each run first, and
    # without the points of all series between them.
    """CREATE INDEX ix_series_chunks_by_name
        ON series_chunks (name, run_id, last_step DESC, last_at DESC, batch, last, min, max)""",
    # A run that was deleted must not come back from a colleague's store, or from a process that still writes.
    """CREATE TABLE deleted_runs (
        run_id VARCHAR NOT NULL,
        deleted_at BIGINT NOT NULL,
        PRIMARY KEY (run_id)
    ) WITHOUT ROWID""",
    # Holds the values too, so that the runs with a value, and their order by it, are found without the table.
    "CREATE INDEX ix_parameters_by_name ON parameters (name, value, run_id)",
    # Few runs are archived, and every list leaves them out.
    "CREATE INDEX ix_user_run_details_archived ON user_run_details (run_id) WHERE archived",
    # A tag that was taken off stays as a row, so that two people's edits of a run's tags are both kept.
    """CREATE TABLE run_tags (
        run_id VARCHAR NOT NULL,
        tag VARCHAR NOT NULL,
        present BOOLEAN NOT NULL,
        updated_at BIGINT NOT NULL,
        updated_by VARCHAR,
        PRIMARY KEY (run_id, tag)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_run_tags_by_tag ON run_tags (tag, run_id) WHERE present",
    # Which way of a metric is better, where people have said so: 'higher', 'lower', or NULL for what its name tells.
    """CREATE TABLE metric_directions (
        dataset VARCHAR NOT NULL,
        key VARCHAR NOT NULL,
        direction VARCHAR,
        updated_at BIGINT NOT NULL,
        updated_by VARCHAR,
        PRIMARY KEY (dataset, key)
    ) WITHOUT ROWID""",
    # `state` is the address of the page, as JSON. A deleted view stays as a row, so that it does not come back from a
    # colleague's store.
    """CREATE TABLE saved_views (
        id VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        deleted BOOLEAN NOT NULL,
        created_at BIGINT NOT NULL,
        created_by VARCHAR,
        updated_at BIGINT NOT NULL,
        updated_by VARCHAR,
        PRIMARY KEY (id)
    ) WITHOUT ROWID""",
)

_VERSION_3_COLUMNS = {
    # Which project a run belongs to: several may share one store.
    "runs": {"project": "VARCHAR"},
    # Proves to its own user that their own run recorded the path: see `tracking/path_signature.py`.
    "artifacts": {"signature": "VARCHAR"},
    # The digits of a whole number of 2**53 or more, where neighbours share one float. NULL for all other numbers.
    "metrics": {"exact": "VARCHAR"},
}

_VERSION_3 = (
    # Which tags and views came from other people's stores: what one can add oneself is limited without them.
    """CREATE TABLE tags_of_others (
        run_id VARCHAR NOT NULL,
        tag VARCHAR NOT NULL,
        PRIMARY KEY (run_id, tag)
    ) WITHOUT ROWID""",
    "CREATE TABLE views_of_others (id VARCHAR NOT NULL, PRIMARY KEY (id)) WITHOUT ROWID",
    # Deleted runs: see `store/sqlite/trash.py`.
    "CREATE TABLE trash (run_id VARCHAR NOT NULL, with_files BOOLEAN NOT NULL, record VARCHAR, PRIMARY KEY (run_id))",
    # Few metrics have such digits; whether one has any is asked before they are looked up.
    "CREATE INDEX ix_metrics_exact ON metrics (metric_id, run_id, exact) WHERE exact IS NOT NULL",
)


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of a file; 0 for an empty file and for one of Kedro-Viz 10.

    SQLite's own `user_version` does not tell: database browsers that people opened their stores with have set it.
    """
    named = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'")
    if named.fetchone() is None:
        return 0
    version = connection.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    if not isinstance(version, int):
        # The table is written in the transaction that makes the others: only a damaged file has it without a number.
        raise sqlite3.DatabaseError("its schema version is malformed")
    return version


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a file has no tables yet."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def create(connection: sqlite3.Connection, version: int) -> None:
    """Make the tables that a version has, in an empty file. The caller has begun a transaction and commits it.

    Args:
        connection: As for `upgrade`, which can be called next.
        version: From 0, for those of Kedro-Viz 10, to `SCHEMA_VERSION`.
    """
    if version == 0:
        for statement in _KEDRO_VIZ_10:
            connection.execute(statement)
        return
    for step in range(version):
        _STEPS[step](connection)
    connection.execute("INSERT INTO schema_version (version) VALUES (?)", (version,))


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file to today's schema. The caller has begun a transaction and commits it.

    Args:
        connection: A connection in autocommit mode (`isolation_level=None`), inside a transaction.
    """
    for version in range(version_of(connection), SCHEMA_VERSION):
        _STEPS[version](connection)
    connection.execute("DELETE FROM schema_version")
    connection.execute("INSERT INTO schema_version (version) VALUES (?)", (SCHEMA_VERSION,))


def _to_version_1(connection: sqlite3.Connection) -> None:
    for statement in _KEDRO_VIZ_10:
        connection.execute(statement)
    _add_columns(connection, _VERSION_1_COLUMNS)
    for statement in _VERSION_1:
        connection.execute(statement)
    describe_old_runs(connection)


def _to_version_2(connection: sqlite3.Connection) -> None:
    _add_columns(connection, _VERSION_2_COLUMNS)
    for statement in _VERSION_2:
        connection.execute(statement)


def _to_version_3(connection: sqlite3.Connection) -> None:
    _add_columns(connection, _VERSION_3_COLUMNS)
    for statement in _VERSION_3:
        connection.execute(statement)


def _add_columns(connection: sqlite3.Connection, tables: dict[str, dict[str, str]]) -> None:
    for table, columns in tables.items():
        for column, kind in columns.items():
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


_STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {0: _to_version_1, 1: _to_version_2, 2: _to_version_3}


def has_old_runs(connection: sqlite3.Connection) -> bool:
    """Whether there are runs that Kedro-Viz 10 wrote and that nobody has described yet."""
    return connection.execute("SELECT 1 FROM runs WHERE status IS NULL LIMIT 1").fetchone() is not None


def describe_old_runs(connection: sqlite3.Connection) -> None:
    """Fill the columns of runs that Kedro-Viz 10 wrote from their session blobs."""
    # Their blobs one by one: together they may be larger than memory.
    for (row,) in connection.execute("SELECT rowid FROM runs WHERE status IS NULL").fetchall():
        described = describe_session(
            *connection.execute("SELECT id, blob FROM runs WHERE rowid = ?", (row,)).fetchone()
        )
        columns = ", ".join(f"{column} = ?" for column in described)
        connection.execute(
            f"UPDATE runs SET {columns} WHERE rowid = ?",  # noqa: S608 - the columns are our own names
            (*described.values(), row),
        )


def describe_session(run_id: str, blob: str | None) -> dict[str, str | int | bool | None]:
    """What a session blob of Kedro-Viz 10 says of its run, by column.

    Blobs are old, and written by many versions: what is missing or of another shape is None, never an error.
    """
    session = parse_blob(blob)
    git = _mapping(session.get("git"))
    cli = _mapping(session.get("cli"))
    options = _mapping(cli.get("params"))
    exception = _mapping(session.get("exception"))
    pipelines = options.get("pipeline_names") or options.get("pipelines") or options.get("pipeline")
    trace = exception.get("traceback")
    return {
        "status": (RunStatus.FAILED if exception else RunStatus.SUCCEEDED).value,
        "started_at": time_of_run_id(run_id),
        "author": _text(session.get("username")),
        "command": _text(cli.get("command_path")),
        "pipeline": _text(", ".join(map(str, pipelines)) if isinstance(pipelines, list) else pipelines)
        or "__default__",
        "env": _text(session.get("env")),
        "git_sha": _text(git.get("commit_sha")),
        "git_branch": _text(git.get("branch")),
        "git_dirty": git["dirty"] if isinstance(git.get("dirty"), bool) else None,
        "error_type": _text(exception.get("type")),
        "error_message": _text(exception.get("value")),
        "error_traceback": _text("".join(map(str, trace)) if isinstance(trace, list) else trace),
    }


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return None if value is None or isinstance(value, (dict, list)) else _encodable(str(value))


def _encodable(text: str) -> str:
    # JSON can name characters that UTF-8, and so SQLite, cannot hold.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
