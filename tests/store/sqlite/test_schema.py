"""A store has the tables that the reading side expects, and an older one is brought to them safely."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import sqlite

from kedro_viz.store.errors import StoreCorruptError, StoreError, StoreLockedError, StoreNewerError
from kedro_viz.store.sqlite import schema
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.tables import metadata
from tests.store.stores import (
    add_as_kedro_viz_10,
    full_record,
    make_old_store,
    old_blob,
    query,
    read_as_kedro_viz_10,
    run_at_once,
    saved,
    write,
    write_whole_runs,
)
from tests.store.version_1 import make_version_1_store

FIRST, SECOND, THIRD = "2023-01-01T10.00.00.000Z", "2023-01-02T10.00.00.000Z", "2023-01-03T10.00.00.000Z"

# Any: sessions hold what Kedro put there.
OLD_SESSIONS: dict[str, dict[str, Any]] = {
    FIRST: {
        "package_name": "spaceflights",
        "project_path": "/home/ada/spaceflights",
        "session_id": FIRST,
        "username": "ada",
        "git": {"commit_sha": "abc1234", "dirty": False, "branch": "main"},
        "cli": {"args": [], "params": {"pipeline": "data"}, "command_name": "run", "command_path": "kedro run -p data"},
        "env": "prod",
    },
    SECOND: {"exception": {"type": "ValueError", "value": "bad", "traceback": ["line 1\n", "line 2\n"]}},
    # Other versions, and other plugins, leave other shapes.
    THIRD: {"git": "abc", "cli": None, "username": ["a"], "exception": None, "env": {"a": 1}},
    "my own id": {"cli": {"params": {"pipeline_names": ["a", 2]}, "command_path": "kedro \ud800"}},
}


def open_and_close(location: Path) -> None:
    open_store(location).close()


def contents(location: Path) -> str:
    """All that is in a store's file, as text."""
    with closing(sqlite3.connect(location)) as connection:
        return "\n".join(connection.iterdump())


def test_new_store_has_exactly_the_tables_that_are_read(location: Path) -> None:
    open_and_close(location)
    inspected = inspect(create_engine(f"sqlite:///{location}"))
    assert set(inspected.get_table_names()) == set(metadata.tables)
    dialect = sqlite.dialect()
    for name, table in metadata.tables.items():
        found = {column["name"]: column for column in inspected.get_columns(name)}
        assert list(found) == [column.name for column in table.columns], name
        for column in table.columns:
            kind = found[column.name]["type"].compile(dialect)
            expected = column.type.compile(dialect)
            assert {"REAL": "FLOAT"}.get(kind, kind) == expected, f"{name}.{column.name}"
            assert found[column.name]["nullable"] == column.nullable, f"{name}.{column.name}"
        key = inspected.get_pk_constraint(name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key.columns], name
        indexes = {index["name"]: index["column_names"] for index in inspected.get_indexes(name)}
        for index in table.indexes:
            assert indexes.get(index.name) == [column.name for column in index.columns], f"{name}: {index.name}"


def test_store_uses_the_write_ahead_log_and_is_made_with_its_folders(location: Path) -> None:
    open_and_close(location / "deeper" / "store.db")
    assert query(location / "deeper" / "store.db", "PRAGMA journal_mode") == [("wal",)]


def test_opening_a_store_again_changes_nothing(location: Path) -> None:
    open_and_close(location)
    before = contents(location)
    open_and_close(location)
    assert contents(location) == before
    assert [path.name for path in location.parent.iterdir()] == [location.name]


def test_old_store_is_upgraded_and_each_run_described(location: Path) -> None:
    make_old_store(location, OLD_SESSIONS)
    open_and_close(location)
    columns = "status, author, command, pipeline, env, git_sha, git_branch, git_dirty, error_type, error_message"
    rows = query(location, f"SELECT id, started_at, {columns}, error_traceback FROM runs ORDER BY id")
    assert {row[0]: row[1:] for row in rows} == {
        FIRST: (
            1672567200000,
            *("succeeded", "ada", "kedro run -p data", "data", "prod", "abc1234", "main", 0),
            *(None, None, None),
        ),
        SECOND: (
            1672653600000,
            *("failed", None, None, "__default__", None, None, None, None),
            *("ValueError", "bad", "line 1\nline 2\n"),
        ),
        THIRD: (1672740000000, "succeeded", None, None, "__default__", *[None] * 7),
        "my own id": (None, "succeeded", None, "kedro \\ud800", "a, 2", *[None] * 7),
    }


@pytest.mark.parametrize(
    "blob",
    [None, "", "no json", "[]", '"no json inside"', '"[]"', "7", old_blob({})[:-3], '"' + "[" * 5000, b"\xff\xfe"],
    ids=["null", "empty", "text", "list", "inner text", "inner list", "number", "torn", "deep", "bytes"],
)
def test_old_run_with_a_damaged_session_is_kept(location: Path, blob: object) -> None:
    make_old_store(location, {})
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("INSERT INTO runs (id, blob) VALUES (?, ?)", (FIRST, blob))
        connection.commit()
    open_and_close(location)
    [(*described, kept)] = query(location, "SELECT id, status, started_at, blob FROM runs")
    assert described == [FIRST, "succeeded", 1672567200000]
    # The column's type makes a number of a text that is one.
    assert kept == (7 if blob == "7" else blob)


def test_old_store_is_backed_up_beside_itself_once(location: Path) -> None:
    make_old_store(location, OLD_SESSIONS)
    before = contents(location)
    open_and_close(location)
    [backup] = [path for path in location.parent.iterdir() if path.name.startswith(f"{location.name}.")]
    assert contents(backup) == before
    # Kedro-Viz 10 would take any `*.db` for a colleague's store.
    assert backup.suffix != ".db"
    digest = hashlib.sha256(backup.read_bytes()).digest()
    open_and_close(location)
    assert hashlib.sha256(backup.read_bytes()).digest() == digest


def test_new_store_needs_no_backup(location: Path) -> None:
    open_and_close(location)
    assert not list(location.parent.glob("*backup*"))


def test_failing_upgrade_changes_nothing(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old_store(location, OLD_SESSIONS)
    before = contents(location)
    # The last of its statements fails, as where the disk fills up.
    statements = (*schema._VERSION_1, "INSERT INTO no_such_table VALUES (1)")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_VERSION_1", statements)
        with pytest.raises(StoreError):
            open_store(location)
    assert contents(location) == before
    open_and_close(location)
    assert len(query(location, "SELECT id FROM runs WHERE status IS NOT NULL")) == len(OLD_SESSIONS)


def test_upgrade_that_describes_a_run_wrongly_changes_nothing(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old_store(location, OLD_SESSIONS)
    before = contents(location)

    def fail(run_id: str, blob: str | None) -> dict[str, str]:
        raise KeyError(run_id)

    monkeypatch.setattr(schema, "describe_session", fail)
    with pytest.raises(KeyError):
        open_store(location)
    assert contents(location) == before


def test_upgraded_store_is_read_and_written_by_kedro_viz_10(location: Path) -> None:
    sessions = {key: session for key, session in OLD_SESSIONS.items() if key != "my own id"}
    make_old_store(location, sessions)
    open_and_close(location)
    write(location, saved(FIRST, r2=0.5))
    assert read_as_kedro_viz_10(location)[0] == sessions

    fourth = "2023-01-04T10.00.00.000Z"
    with closing(sqlite3.connect(location)) as connection:
        add_as_kedro_viz_10(connection, {fourth: {"username": "grace"}})
        connection.execute(
            "INSERT INTO user_run_details (run_id, bookmark, title, notes) VALUES (?, ?, ?, ?)", (fourth, 1, "T", "N")
        )
        connection.commit()
    open_and_close(location)
    assert query(location, "SELECT status, author, started_at FROM runs WHERE id = ?", fourth) == [
        ("succeeded", "grace", 1672826400000)
    ]
    assert read_as_kedro_viz_10(location)[1] == [(1, fourth, 1, "T", "N")]


def test_user_version_that_another_program_has_set_says_nothing(location: Path) -> None:
    make_old_store(location, OLD_SESSIONS)
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("PRAGMA user_version = 42")
    open_and_close(location)
    assert query(location, "SELECT count(*) FROM runs WHERE status IS NOT NULL") == [(len(OLD_SESSIONS),)]
    assert query(location, "PRAGMA user_version") == [(42,)]


def test_newer_store_is_not_touched(location: Path) -> None:
    open_and_close(location)
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("UPDATE schema_version SET version = ?", (schema.SCHEMA_VERSION + 1,))
        connection.commit()
    before = contents(location)
    with pytest.raises(StoreNewerError, match="pip install -U kedro-viz"):
        open_store(location)
    assert contents(location) == before


@pytest.mark.parametrize("version", [None, "text"])
def test_store_without_a_sensible_version_is_damaged(location: Path, version: str | None) -> None:
    open_and_close(location)
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("DROP TABLE schema_version")
        connection.execute("CREATE TABLE schema_version (version)")
        if version is not None:
            connection.execute("INSERT INTO schema_version VALUES (?)", (version,))
        connection.commit()
    with pytest.raises(StoreCorruptError):
        open_store(location)


def test_locked_store_is_told_within_the_time(location: Path) -> None:
    make_old_store(location, {})
    with closing(sqlite3.connect(location)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreLockedError, match="locked by another process"):
            open_store(location, lock_timeout=0.1)


def test_real_history_is_upgraded_with_every_run(real_data: Path, location: Path) -> None:
    location.parent.mkdir()
    shutil.copyfile(real_data / "kedro-viz-demo" / "session_store.db", location)
    location.chmod(stat.S_IRUSR | stat.S_IWUSR)
    sessions, details = read_as_kedro_viz_10(location)
    assert len(sessions) == 22
    open_and_close(location)
    assert read_as_kedro_viz_10(location) == (sessions, details)
    assert query(location, "SELECT version FROM schema_version") == [(schema.SCHEMA_VERSION,)]
    rows = query(location, "SELECT id, status, started_at, author, git_sha, command FROM runs")
    for key, status, started_at, author, git_sha, command in rows:
        assert status in ("succeeded", "failed")
        assert started_at is not None
        session = sessions[key]
        assert author == session.get("username")
        assert git_sha == (session.get("git") or {}).get("commit_sha")
        assert command == (session.get("cli") or {}).get("command_path")


def test_store_of_version_1_is_upgraded_and_keeps_all_that_it_says(location: Path) -> None:
    make_version_1_store(location, [FIRST, SECOND])
    tables = ("runs", "user_run_details", "node_runs", "metric_names", "metrics", "parameters", "tracked_json")

    def said() -> dict[str, list[tuple[object, ...]]]:
        columns = {table: ", ".join(before[table]) for table in before}
        return {table: query(location, f"SELECT {columns[table]} FROM {table} ORDER BY 1, 2") for table in before}

    before = {
        table: [row[1] for row in query(location, f"PRAGMA table_info({table})")] for table in (*tables, "artifacts")
    }
    rows = said()
    open_and_close(location)
    assert said() == rows
    assert query(location, "SELECT source, peak_memory FROM runs") == [(None, None)] * 2
    backup = location.with_name(f"{location.name}.version-1-backup")
    assert query(backup, "SELECT version FROM schema_version") == [(1,)]
    write(location, *full_record(THIRD, b"x = 1"))
    assert query(location, "SELECT count(*) FROM contents") == [(3,)]


@pytest.mark.parametrize("version", [0, 1])
def test_upgraded_store_has_what_a_new_one_has(location: Path, version: int) -> None:
    new = location.with_name("new.db")
    open_and_close(new)
    if version:
        make_version_1_store(location, [FIRST])
    else:
        make_old_store(location, OLD_SESSIONS)
    open_and_close(location)
    for table in metadata.tables:
        for pragma in ("table_info", "index_list"):
            assert query(location, f"PRAGMA {pragma}({table})") == query(new, f"PRAGMA {pragma}({table})"), table


def test_upgrade_from_version_1_that_fails_changes_nothing(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_version_1_store(location, [FIRST])
    before = contents(location)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_VERSION_2", (*schema._VERSION_2, "INSERT INTO no_such_table VALUES (1)"))
        with pytest.raises(StoreError):
            open_store(location)
    assert contents(location) == before
    open_and_close(location)
    assert query(location, "SELECT version FROM schema_version") == [(schema.SCHEMA_VERSION,)]


def test_ten_processes_upgrade_one_store_of_version_1_at_once(location: Path) -> None:
    make_version_1_store(location, [FIRST])
    run_at_once(write_whole_runs, location, [str(number) for number in range(10)], 2)
    assert query(location, "SELECT count(*) FROM runs") == [(21,)]
    assert query(location, "PRAGMA integrity_check") == [("ok",)]


def test_run_recorded_by_version_1_goes_on_where_another_process_upgrades_its_store(location: Path) -> None:
    make_version_1_store(location, [FIRST])
    with closing(sqlite3.connect(location)) as running:
        running.execute("SELECT 1 FROM runs").fetchall()
        open_and_close(location)
        running.execute("UPDATE runs SET heartbeat_at = 5000")
        running.execute("INSERT INTO node_runs (run_id, node, started_at) VALUES (?, 'train', 1300)", (FIRST,))
        running.commit()
    assert query(location, "SELECT heartbeat_at FROM runs") == [(5000,)]


def test_folder_in_place_of_a_store_is_told(location: Path) -> None:
    location.mkdir(parents=True)
    with pytest.raises(StoreError, match=os.path.basename(location)):  # noqa: PTH119 - a pattern, not a path
        open_store(location)


def test_sessions_are_described_whatever_json_they_hold() -> None:
    for value in (None, 7, "x", [], {}, True, [1], {"a": 1}):
        keys = ("git", "cli", "exception", "username", "env")
        described = schema.describe_session(FIRST, json.dumps(json.dumps(dict.fromkeys(keys, value))))
        assert described["status"] in ("succeeded", "failed")
