"""A store from elsewhere may be any file that SQLite opens. Nothing that its schema defines is ever evaluated."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.errors import StoreCorruptError, StoreError, StoreNewerError, StoreRefusedError, StoreTooMuchError
from kedro_viz.store.sqlite import schema
from kedro_viz.store.sqlite.merging import staging
from kedro_viz.store.sqlite.merging.merge import Merged, merge_store
from kedro_viz.store.sqlite.merging.read_deadline import Deadline
from kedro_viz.store.sqlite.merging.schema_table import read_schema_table
from kedro_viz.store.sqlite.merging.staging import stage
from tests.store.stores import full_record, make_old_store, query, rows, run_ids, whole_runs, write
from tests.store.version_1 import make_version_1_store

RUN = "2026-01-01T00.00.00.000Z"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A store from elsewhere, with one whole record."""
    path = tmp_path / "other.db"
    write(path, *full_record(RUN, b"x = 1"))
    return path


def change(store: Path, *statements: str) -> None:
    with closing(sqlite3.connect(store)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def rewrite_schema(store: Path, sql: str) -> None:
    """Change the schema's own table, as an attacker does to get what no statement makes."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(sql)
        connection.commit()


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (("DROP TABLE runs", f"CREATE VIEW runs AS {ENDLESS} i AS id, '{{}}' AS blob FROM n"), "it has a view 'runs'"),
        (("CREATE VIEW mine AS SELECT 1",), "it has a view 'mine'"),
        (
            (f"CREATE TRIGGER t AFTER UPDATE ON runs BEGIN DELETE FROM runs WHERE id IN ({ENDLESS} i FROM n); END",),
            "it has a trigger 't'",
        ),
        (("CREATE VIRTUAL TABLE texts USING fts5 (body)",), "it has a virtual table 'texts'"),
        (
            ("ALTER TABLE runs ADD COLUMN more AS (hex(zeroblob(500000000)))",),
            "its table 'runs' has the generated column 'more'",
        ),
        (
            (
                "DROP TABLE tracked_json",
                "CREATE TABLE tracked_json (run_id, dataset, data AS (printf('%.*c', 50000000, 'x')) STORED)",
            ),
            "its table 'tracked_json' has the generated column 'data'",
        ),
        (("CREATE INDEX e ON runs (length(id))",), "it has an index 'e' over an expression"),
        (("CREATE INDEX e ON runs (id) WHERE length(id) > 1",), "it has an index 'e' over an expression"),
        (("DROP TABLE runs",), "it has no table 'runs'"),
        (("ALTER TABLE node_runs RENAME failed TO fell",), "its table 'node_runs' has no column 'failed'"),
        (("UPDATE schema_version SET version = -1",), "its schema version is malformed"),
        (('CREATE VIEW "a\x1b[2J" AS SELECT 1',), r"it has a view 'a\x1b[2J'"),
    ],
)
def test_schema_that_is_more_than_tables_and_plain_indexes_is_refused(
    location: Path, other: Path, statements: tuple[str, ...], reason: str
) -> None:
    change(other, *statements)
    with pytest.raises(StoreRefusedError) as caught:
        merge_store(location, other, Path("ada.db"))
    assert str(caught.value).startswith(f"The session store 'ada.db' is not read: {reason}.")
    assert not location.exists()


def test_trigger_never_runs_while_an_older_store_is_brought_to_todays_schema(location: Path, tmp_path: Path) -> None:
    other = tmp_path / "old.db"
    make_old_store(other, {RUN: {}})
    change(other, "CREATE TABLE log (n)")
    change(
        other,
        f"CREATE TRIGGER t AFTER UPDATE ON runs BEGIN INSERT INTO log SELECT i FROM ({ENDLESS} i FROM n); END",
    )
    before = other.read_bytes()
    with pytest.raises(StoreRefusedError, match="a trigger 't'"):
        merge_store(location, other)
    assert other.read_bytes() == before


def test_table_that_is_a_view_in_disguise_is_refused(location: Path, other: Path) -> None:
    rewrite_schema(
        other,
        f"UPDATE sqlite_master SET sql = 'CREATE VIEW runs AS {ENDLESS} i FROM n', rootpage = 2 WHERE name = 'runs'",
    )
    with pytest.raises(StoreError):
        merge_store(location, other)
    assert not location.exists()


def test_schema_with_a_huge_statement_is_refused_before_sqlite_reads_it(location: Path, other: Path) -> None:
    change(other, f"CREATE TABLE wide (a DEFAULT '{'x' * 30_000}')")
    with pytest.raises(StoreCorruptError, match="a statement of its schema has more than 20,000 bytes"):
        merge_store(location, other)


def test_schema_of_thousands_of_tables_is_refused_before_sqlite_reads_it(location: Path, other: Path) -> None:
    change(other, *(f"CREATE TABLE t{number} (a)" for number in range(400)))
    with pytest.raises(StoreCorruptError, match="more than 300 tables"):
        merge_store(location, other)


def test_schema_that_leads_in_circles_is_refused(tmp_path: Path, other: Path) -> None:
    data = bytearray(other.read_bytes())
    # An inner page whose only child is itself.
    data[100:112] = bytes([0x05, 0, 0, 0, 0, 0x0F, 0, 0, 0, 0, 0, 1])
    (tmp_path / "circle.db").write_bytes(data)
    with pytest.raises(StoreCorruptError, match="damaged or too large"):
        stage(tmp_path / "circle.db", tmp_path / "staged.db")


def test_schema_is_read_as_sqlite_reads_it(tmp_path: Path, other: Path) -> None:
    make_version_1_store(tmp_path / "version-1.db", [RUN])
    make_old_store(tmp_path / "old.db", {RUN: {}})
    with closing(sqlite3.connect(tmp_path / "small-pages.db")) as connection:
        connection.execute("PRAGMA page_size = 512")
        for number in range(80):
            # Longer than a page, and more than one page of them.
            connection.execute(f"CREATE TABLE t{number} ({', '.join(f'column_{n}' for n in range(3 * number + 1))})")
        connection.execute("CREATE VIEW v AS SELECT 1 AS é")
    for path in tmp_path.glob("*.db"):
        assert_read_as_sqlite_reads_it(path)


def test_schema_of_a_real_store_is_read_as_sqlite_reads_it(real_data: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.db"
    shutil.copyfile(real_data / "kedro-viz-demo" / "session_store.db", real)
    assert_read_as_sqlite_reads_it(real)
    merged = merge_store(tmp_path / "store.db", real)
    assert merged == Merged(len(run_ids(real)), {"runs": 0})


def assert_read_as_sqlite_reads_it(path: Path) -> None:
    expected = query(path, "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master ORDER BY rowid")
    found = [(each.kind, each.name, each.table, each.root, each.sql) for each in read_schema_table(path)]
    assert found == expected


@pytest.mark.parametrize("byte", range(0, 1_000, 41))
def test_damaged_header_or_schema_raises_nothing_but_our_own_error(tmp_path: Path, other: Path, byte: int) -> None:
    data = bytearray(other.read_bytes())
    for at in (byte, byte + 3_000):
        data[at] ^= 0xFF
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(data)
    # What is damaged may also be a part that nobody reads.
    with contextlib.suppress(StoreError):
        merge_store(tmp_path / "store.db", damaged)


def test_text_of_300_megabytes_is_not_taken_over(location: Path, other: Path) -> None:
    change(other, "UPDATE runs SET command = printf('%.*c', 300000000, 'x')")
    # Python 3.11 and later can ask SQLite not to read such a value at all.
    if sys.version_info >= (3, 11):
        with pytest.raises(StoreTooMuchError, match="too big"):
            merge_store(location, other)
        assert not location.exists()
    else:
        merge_store(location, other)
        assert query(location, "SELECT length(command) FROM runs") == [(10_000,)]


def test_long_texts_are_cut_or_left_out_and_the_rest_is_taken_over(location: Path, other: Path) -> None:
    long = "printf('%.*c', 2000000, 'x')"
    write(other, *whole_runs(["another"]))
    change(
        other,
        f"UPDATE runs SET command = {long}, author = {long}, blob = {long} WHERE id = '{RUN}'",
        f"UPDATE parameters SET value = {long}",
        f"INSERT INTO parameters (run_id, name, value) VALUES ('{RUN}', {long}, '1'), ('{RUN}', 'short', '2')",
        f"INSERT OR REPLACE INTO tracked_json (run_id, dataset, data) VALUES ('{RUN}', 'large', {long})",
    )
    before = len(query(other, "SELECT name FROM parameters"))
    merged = merge_store(location, other)
    assert query(location, "SELECT id, author, blob FROM runs WHERE length(command) = 10000") == [(RUN, None, None)]
    assert query(location, "SELECT command FROM runs WHERE command LIKE '%x…'") != []
    assert query(location, "SELECT name, value FROM parameters") == [("short", "2")]
    assert query(location, "SELECT * FROM tracked_json WHERE dataset = 'large'") == []
    assert run_ids(location) == [RUN, "another"]
    assert merged == Merged(2, {"parameters": before - 1, "tracked_json": 1, "runs": 0})


def test_more_rows_than_are_allowed_are_refused(location: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MAX_ROWS", 5)
    with pytest.raises(StoreTooMuchError, match="rows"):
        merge_store(location, other)
    assert not location.exists()


def test_more_bytes_than_are_allowed_are_refused(location: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_MAX_STAGED_BYTES", 200_000)
    change(other, "UPDATE runs SET blob = printf('%.*c', 900000, 'x')")
    with pytest.raises(StoreTooMuchError, match="too much in it"):
        merge_store(location, other)
    assert not location.exists()


def test_reading_ends_at_its_deadline(location: Path, other: Path) -> None:
    # More rows than SQLite asks for the time after.
    change(other, f"INSERT INTO parameters {ENDLESS} '{RUN}', i, '1' FROM n LIMIT 5000")
    with pytest.raises(StoreTooMuchError, match="could not be read within 0 s"):
        merge_store(location, other, deadline=Deadline(0))
    with pytest.raises(StoreTooMuchError):
        merge_store(location, other, deadline=Deadline(60, is_stopped=lambda: True))
    assert not location.exists()


def test_runs_whose_ids_could_do_harm_are_left_out(location: Path, other: Path) -> None:
    hostile = ["2026; touch PWNED #", "../up", "..", "a\nb", "a\x1b[2J", "ü" * 200, "", "-rf"]
    for number, name in enumerate(hostile):
        write(other, *full_record(f"hostile-{number}", b"evil"))
        for table, column in (("runs", "id"), ("parameters", "run_id"), ("series_chunks", "run_id")):
            with closing(sqlite3.connect(other)) as connection:
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (name, f"hostile-{number}"))
                connection.commit()
    change(other, "UPDATE runs SET id = CAST(x'ff61' AS TEXT) WHERE id = '-rf'")
    merged = merge_store(location, other)
    assert merged == Merged(1, {"runs": len(hostile)})
    for table in ("parameters", "series_chunks", "node_runs", "metrics", "artifacts", "data_uses"):
        assert query(location, f"SELECT DISTINCT run_id FROM {table}") == [(RUN,)]


def test_run_that_was_alive_in_the_future_was_alive_now(location: Path, other: Path) -> None:
    change(other, "UPDATE runs SET status = 'running', ended_at = NULL, heartbeat_at = 250000000000000")
    before = round(time.time() * 1000)
    merge_store(location, other)
    [(beat,)] = query(location, "SELECT heartbeat_at FROM runs")
    assert before <= beat <= round(time.time() * 1000)


def test_log_beside_a_foreign_store_is_not_read(location: Path, other: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO runs (id) VALUES ('only-in-the-log')")
        connection.commit()
        for ending in ("", "-wal"):
            shutil.copyfile(f"{other}{ending}", f"{tmp_path / 'copy.db'}{ending}")
    merge_store(location, tmp_path / "copy.db")
    assert run_ids(location) == [RUN]


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_store_of_each_version_is_taken_over(location: Path, tmp_path: Path, version: int) -> None:
    other = tmp_path / "other.db"
    if version == 0:
        make_old_store(other, {RUN: {"username": "ada"}})
    elif version == 1:
        make_version_1_store(other, [RUN])
    else:
        with closing(sqlite3.connect(other, isolation_level=None)) as connection:
            schema.create(connection, version)
            connection.execute("INSERT INTO runs (id, status, author) VALUES (?, 'succeeded', 'ada')", (RUN,))
    before = other.read_bytes()
    assert merge_store(location, other) == Merged(1, {"runs": 0})
    assert query(location, "SELECT id, status, author FROM runs") == [(RUN, "succeeded", "ada")]
    assert other.read_bytes() == before


def test_newer_store_is_refused(location: Path, other: Path) -> None:
    change(other, "UPDATE schema_version SET version = 99")
    with pytest.raises(StoreNewerError, match="newer Kedro-Viz"):
        merge_store(location, other)


def test_indexes_that_people_add_to_their_own_store_do_no_harm(location: Path, other: Path) -> None:
    change(other, 'CREATE INDEX "mine" ON "runs" ("author", "id" DESC)', "CREATE TABLE notes (a)")
    merge_store(location, other)
    assert rows(location) == rows(other)
