"""Copies a store from elsewhere into a new one of ours, so that nothing else ever opens the file itself.

There can be more in such a file than rows. So its schema is checked first (`schema_table.py`, `foreign_schema.py`), and
it is only read, by statements of ours that name each column. The new store has tables that *we* made, as the version of
the file has them; it is then upgraded like any store. The file itself is never upgraded.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kedro_viz.store.errors import StoreCorruptError, StoreNewerError, StoreRefusedError, StoreTooMuchError
from kedro_viz.store.sqlite import schema
from kedro_viz.store.sqlite.merging.foreign_schema import ForeignSchemaError, check_entries, check_tables, columns_of
from kedro_viz.store.sqlite.merging.read_deadline import Deadline
from kedro_viz.store.sqlite.merging.schema_table import SchemaEntry, SchemaTableError, read_schema_table
from kedro_viz.store.sqlite.sqlite_file import decoded
from kedro_viz.store.text_limits import may_be_cut, most_characters
from kedro_viz.tracking.packed_content import MAX_CONTENT_BYTES
from kedro_viz.tracking.run_id import is_run_id

# A store of 100,000 runs with 20 parameters and 12 metrics each has 0.7 GB and 6 million rows. A damaged or hostile
# file can have more rows than bytes: its pages may be used many times.
MAX_STORE_BYTES = 2_000_000_000
MAX_ROWS = 20_000_000
MAX_RUNS = 1_000_000

# What is copied may take somewhat more room than the original.
_MAX_STAGED_BYTES = 3_000_000_000

# No value of a sound store is larger. Contents are compressed, and take at most some bytes more than what they hold.
_MAX_BLOB_BYTES = MAX_CONTENT_BYTES + 1_000_000
_MAX_VALUE_BYTES = 100_000_000

# A store of 100,000 runs is copied in half a minute on a slow disk.
READ_SECONDS = 120.0

# SQLite asks for the time after so many of its steps, which take some microseconds together.
_STEPS = 1_000

# What is one's own affair: which runs somebody deleted, and what came to them from others.
_NOT_COPIED = ("schema_version", "deleted_runs", "trash", "tags_of_others", "views_of_others")


class _Column(NamedTuple):
    name: str
    kind: str
    is_needed: bool
    place_in_key: int


def stage(foreign: Path, staging: Path, called: Path | None = None, deadline: Deadline | None = None) -> Counter[str]:
    """Copy a store from elsewhere into a new store of today's schema.

    Args:
        foreign: A copy of the other store, which nobody else writes to. It is only read.
        staging: Where the new store is made. If this fails, what is there is of no use.
        called: What messages call the other store.
        deadline: When to give up, if that is sooner than `READ_SECONDS`.

    Returns:
        How many rows of each table were left out, because a text or a content is too long, or because a run has an id
        that no run can have. What belongs to such a run is not counted, nor is it of any use.

    Raises:
        StoreCorruptError: The file is no database, or a damaged one.
        StoreRefusedError: Its schema has something that a session store has not.
        StoreNewerError: A later Kedro-Viz wrote it.
        StoreTooMuchError: It is too large, or takes too long.
    """
    called = called or foreign
    deadline = (deadline or Deadline()).sooner(READ_SECONDS)
    try:
        if foreign.stat().st_size > MAX_STORE_BYTES:
            raise StoreTooMuchError(called, f"it has more than {MAX_STORE_BYTES / 1e9:g} GB")
        entries = read_schema_table(foreign)
        check_entries(entries)
        with contextlib.closing(sqlite3.connect(staging, isolation_level=None, uri=True)) as connection:
            return _Copying(connection, foreign, called, deadline).copy(entries)
    except ForeignSchemaError as error:
        raise StoreRefusedError(called, str(error)) from error
    except (SchemaTableError, OSError) as error:
        raise StoreCorruptError(called, error) from error
    except sqlite3.Error as error:
        if "interrupted" in str(error):
            raise StoreTooMuchError(called, f"it could not be read within {deadline.seconds:.3g} s") from error
        if "full" in str(error) or "too big" in str(error):
            raise StoreTooMuchError(called, f"it has too much in it ({error})") from error
        raise StoreCorruptError(called, error) from error


class _Copying:
    def __init__(self, connection: sqlite3.Connection, foreign: Path, called: Path, deadline: Deadline) -> None:
        self._connection = connection
        self._foreign = foreign
        self._called = called
        self._deadline = deadline
        self._left_out: Counter[str] = Counter()
        self._rows_left = MAX_ROWS

    def copy(self, entries: list[SchemaEntry]) -> Counter[str]:
        connection = self._connection
        connection.text_factory = decoded
        # Nobody misses the new store if this fails: it need not be safe from that.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {_MAX_STAGED_BYTES // page_size}")
        connection.set_progress_handler(self._deadline.has_passed, _STEPS)
        with self._attached():
            self._check(entries)
            version = self._version()
            with _transaction(connection):
                schema.create(connection, version)
            with _transaction(connection):
                self._drop_indexes()
                for table in self._tables():
                    self._copy_table(table)
        with _transaction(connection):
            self._leave_out_runs()
            schema.upgrade(connection)
            if schema.has_old_runs(connection):
                schema.describe_old_runs(connection)
            # Nobody has been alive later than now: a time to come would keep a run going for ever.
            connection.execute(
                "UPDATE runs SET heartbeat_at = ?1 WHERE heartbeat_at > ?1", (round(time.time() * 1000),)
            )
        connection.set_progress_handler(None, 0)
        return self._left_out

    @contextlib.contextmanager
    def _attached(self) -> Iterator[None]:
        """The other store as `theirs`: read-only, also where a log or a journal lies beside it."""
        connection = self._connection
        limits = _limited(connection)
        connection.execute("ATTACH DATABASE ? AS theirs", (f"{self._foreign.absolute().as_uri()}?mode=ro&immutable=1",))
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("DETACH DATABASE theirs")
            limits.close()

    def _check(self, entries: list[SchemaEntry]) -> None:
        found = self._connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM theirs.sqlite_master")
        if [SchemaEntry(*row) for row in found] != entries:
            raise ForeignSchemaError("its schema is not what it seems")
        if not columns_of(self._connection, "theirs", "runs"):
            raise ForeignSchemaError("it has no table 'runs'")

    def _version(self) -> int:
        """The version of the other store's schema."""
        if not columns_of(self._connection, "theirs", "schema_version"):
            return 0
        check_tables(self._connection, "theirs", ["schema_version"])
        rows = self._connection.execute("SELECT version FROM theirs.schema_version NOT INDEXED LIMIT 2").fetchall()
        if len(rows) != 1 or not isinstance(rows[0][0], int) or rows[0][0] < 0:
            raise ForeignSchemaError("its schema version is malformed")
        version: int = rows[0][0]
        if version > schema.SCHEMA_VERSION:
            raise StoreNewerError(self._called, version, schema.SCHEMA_VERSION)
        return version

    def _drop_indexes(self) -> None:
        """Rows are copied in half the time without indexes, and are only looked up by their keys."""
        named = "SELECT name FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        for (name,) in self._connection.execute(named).fetchall():
            self._connection.execute(f"DROP INDEX main.{name}")

    def _tables(self) -> list[str]:
        found = self._connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY rowid")
        return [name for (name,) in found.fetchall() if name not in _NOT_COPIED]

    def _copy_table(self, table: str) -> None:
        theirs = columns_of(self._connection, "theirs", table)
        if not theirs:
            return
        check_tables(self._connection, "theirs", [table])
        columns = [column for column in self._columns(table) if (table, column.name) != ("user_run_details", "id")]
        for column in columns:
            if column.name not in theirs:
                raise ForeignSchemaError(f"its table '{table}' has no column '{column.name}'")
        most = min(self._rows_left, MAX_RUNS if table == "runs" else self._rows_left)
        name = f"leave_out_{table}"
        self._connection.create_function(name, 0, lambda: self._leave_out(table))
        fits = [f"({_fits(table, column)} OR {name}())" for column in columns if _decides(table, column)]
        # Where their table allows what ours does not, such as a row twice or a NULL for a key, that row is left out.
        copied = self._connection.execute(
            f"INSERT OR IGNORE INTO main.{table} ({', '.join(column.name for column in columns)}) "  # noqa: S608 - own names
            f"SELECT {', '.join(_taken(table, column) for column in columns)} FROM theirs.{table} NOT INDEXED "
            f"WHERE {' AND '.join(fits) or 'true'} {self._order(table, columns)} LIMIT ?",
            (most + 1,),
        )
        if copied.rowcount > most:
            raise StoreTooMuchError(self._called, f"its table '{table}' has more than {most:,} rows")
        self._rows_left -= max(0, copied.rowcount)

    def _columns(self, table: str) -> list[_Column]:
        rows = self._connection.execute(f"PRAGMA main.table_info({table})")
        return [_Column(name, kind, bool(not_null or key), key) for _, name, kind, not_null, _, key in rows]

    def _order(self, table: str, columns: list[_Column]) -> str:
        """The order in which rows are appended, for a table that is kept in the order of its key."""
        made_by = "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?"
        (sql,) = self._connection.execute(made_by, (table,)).fetchone()
        if "WITHOUT ROWID" not in sql:
            return ""
        key = sorted((column for column in columns if column.place_in_key), key=lambda column: column.place_in_key)
        # Without it, SQLite may choose to read by an index of theirs, which costs ten times as much.
        return f"ORDER BY {', '.join(column.name for column in key)}"

    def _leave_out(self, table: str) -> bool:
        self._left_out[table] += 1
        return False

    def _leave_out_runs(self) -> None:
        """Remove runs whose ids could do harm. What belongs to them is never looked for then."""
        ids = self._connection.execute("SELECT rowid, id FROM runs WHERE typeof(id) = 'text'")
        harmful = [(row,) for row, run_id in ids if not is_run_id(run_id)]
        self._left_out["runs"] += len(harmful)
        self._connection.executemany("DELETE FROM runs WHERE rowid = ?", harmful)


def _decides(table: str, column: _Column) -> bool:
    """Whether a row is left out if it has too much in this column."""
    return column.kind in ("VARCHAR", "JSON", "BLOB") and column.is_needed and not may_be_cut(table, column.name)


def _fits(table: str, column: _Column) -> str:
    """The condition that what stands in a column is not too long."""
    most = _MAX_BLOB_BYTES if column.kind == "BLOB" else most_characters(table, column.name)
    return f"coalesce(length({column.name}), 0) <= {most}"


def _taken(table: str, column: _Column) -> str:
    """What is taken of a column."""
    if column.kind not in ("VARCHAR", "JSON") or _decides(table, column):
        return column.name
    most = most_characters(table, column.name)
    shorter = f"substr({column.name}, 1, {most - 1}) || '…'" if may_be_cut(table, column.name) else "NULL"
    # Bytes where a text should be are refused later.
    return (
        f"CASE WHEN length({column.name}) > {most} AND typeof({column.name}) = 'text' "
        f"THEN {shorter} ELSE {column.name} END"
    )


def _limited(connection: sqlite3.Connection) -> contextlib.ExitStack:
    """Switch off what a database file could do to its reader, as far as this Python lets us.

    Returns:
        What switches it on again when it is closed.
    """
    stack = contextlib.ExitStack()
    if sys.version_info >= (3, 11):
        before = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE_BYTES)
        stack.callback(connection.setlimit, sqlite3.SQLITE_LIMIT_LENGTH, before)
    if sys.version_info >= (3, 12):
        for option, value in (
            (sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True),
            (sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False),
            (sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False),
            (sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False),
        ):
            # SQLite may be older than Python.
            with contextlib.suppress(sqlite3.Error):
                connection.setconfig(option, value)
    return stack


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
