"""Stores of schema version 1, as they lie on the disks of those who used it. Never changed with today's schema."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

_VERSION_1 = """
CREATE TABLE runs (
    id VARCHAR NOT NULL, blob JSON, status VARCHAR, started_at BIGINT, ended_at BIGINT, author VARCHAR, command VARCHAR,
    pipeline VARCHAR, env VARCHAR, runner VARCHAR, kedro_version VARCHAR, git_sha VARCHAR, git_branch VARCHAR,
    git_dirty BOOLEAN, error_type VARCHAR, error_message VARCHAR, error_traceback VARCHAR, error_node VARCHAR,
    host VARCHAR, process INTEGER, heartbeat_at BIGINT, PRIMARY KEY (id)
);
CREATE INDEX ix_runs_id ON runs (id);
CREATE TABLE user_run_details (
    id INTEGER NOT NULL, run_id VARCHAR, bookmark BOOLEAN, title VARCHAR, notes VARCHAR, title_updated_at BIGINT,
    notes_updated_at BIGINT, bookmark_updated_at BIGINT, updated_at BIGINT, updated_by VARCHAR,
    PRIMARY KEY (id), UNIQUE (run_id), FOREIGN KEY(run_id) REFERENCES runs (id)
);
CREATE INDEX ix_user_run_details_id ON user_run_details (id);
CREATE TABLE schema_version (version INTEGER NOT NULL, PRIMARY KEY (version));
CREATE INDEX ix_runs_without_status ON runs (id) WHERE status IS NULL;
CREATE INDEX ix_runs_started_at ON runs (started_at, id);
CREATE INDEX ix_runs_running ON runs (id) WHERE status = 'running';
CREATE TABLE node_runs (
    run_id VARCHAR NOT NULL, node VARCHAR NOT NULL, position INTEGER, started_at BIGINT, ended_at BIGINT,
    failed BOOLEAN, PRIMARY KEY (run_id, node)
) WITHOUT ROWID;
CREATE TABLE metric_names (
    id INTEGER NOT NULL, dataset VARCHAR NOT NULL, key VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (dataset, key)
);
CREATE TABLE metrics (
    run_id VARCHAR NOT NULL, metric_id INTEGER NOT NULL, value REAL, PRIMARY KEY (run_id, metric_id)
) WITHOUT ROWID;
CREATE INDEX ix_metrics_by_value ON metrics (metric_id, value, run_id);
CREATE TABLE parameters (
    run_id VARCHAR NOT NULL, name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (run_id, name)
) WITHOUT ROWID;
CREATE TABLE tracked_json (
    run_id VARCHAR NOT NULL, dataset VARCHAR NOT NULL, data VARCHAR NOT NULL, PRIMARY KEY (run_id, dataset)
);
CREATE TABLE artifacts (
    run_id VARCHAR NOT NULL, dataset VARCHAR NOT NULL, name VARCHAR NOT NULL, type VARCHAR NOT NULL,
    path VARCHAR NOT NULL, size BIGINT, problem VARCHAR, PRIMARY KEY (run_id, dataset, name)
);
CREATE INDEX ix_artifacts_by_dataset ON artifacts (dataset, run_id);
INSERT INTO schema_version (version) VALUES (1);
"""


def make_version_1_store(location: Path, run_ids: Iterable[str]) -> None:
    """Write a store as version 1 did, with runs that have a row in each table."""
    location.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_VERSION_1)
        connection.execute("INSERT INTO metric_names (id, dataset, key) VALUES (7, 'scores', 'n')")
        for number, run in enumerate(run_ids):
            connection.execute(
                "INSERT INTO runs (id, blob, status, started_at, ended_at, author, heartbeat_at) "
                "VALUES (?, ?, 'succeeded', 1000, 2000, 'ada', 1000)",
                (run, json.dumps(json.dumps({"session_id": run}))),
            )
            connection.execute(
                "INSERT INTO user_run_details "
                "(run_id, bookmark, title, notes, title_updated_at, updated_at, updated_by) "
                "VALUES (?, 1, 'best', 'a note', 3000, 3000, 'grace')",
                (run,),
            )
            connection.execute("INSERT INTO node_runs VALUES (?, 'split', 0, 1100, 1200, NULL)", (run,))
            connection.execute("INSERT INTO metrics VALUES (?, 7, ?)", (run, number))
            connection.execute("INSERT INTO parameters VALUES (?, 'n', '3')", (run,))
            connection.execute("INSERT INTO tracked_json VALUES (?, 'document', '{}')", (run,))
            connection.execute("INSERT INTO artifacts VALUES (?, 'scores', 's.json', 'type', 'p', 9, NULL)", (run,))
        connection.commit()
