"""Takes another store's runs and edits into one's own."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kedro_viz.store.errors import StoreCorruptError, StoreError
from kedro_viz.store.sqlite import contents
from kedro_viz.store.sqlite.contents import PackedContent
from kedro_viz.store.sqlite.merging.colliding_ids import part_from_ours
from kedro_viz.store.sqlite.merging.merge_said import merge_said
from kedro_viz.store.sqlite.merging.read_deadline import Deadline
from kedro_viz.store.sqlite.merging.staging import stage
from kedro_viz.store.sqlite.run_rows import RUN_TABLES, SAID_TABLES, PointsKey
from kedro_viz.store.sqlite.schema import SCHEMA_VERSION, create
from kedro_viz.store.sqlite.sqlite_file import open_store, store_error
from kedro_viz.tracking.packed_content import MAX_CONTENT_BYTES
from kedro_viz.tracking.run import LAST_TIME
from kedro_viz.tracking.series.series import MAX_POINTS
from kedro_viz.tracking.series.series_points import MAX_CHUNK_POINTS

logger = logging.getLogger("kedro_viz.tracking")

# Reading a colleague's store happens in the background; there is time to wait for a run that is being recorded.
_MERGE_LOCK_TIMEOUT = 30.0

# That run must not wait for us either: so much goes into one transaction.
_RUNS_AT_ONCE = 100
_SERIES_BYTES_AT_ONCE = 10_000_000

# Rows go to places all over the indexes, which are read again and again if they are not kept in memory.
_CACHE_KILOBYTES = 64_000

# Contents are unpacked to see whether they are what their names say: no more than this for one store.
_MAX_UNPACKED_BYTES = 4_000_000_000

_CHECKED_TABLES = (
    *("runs", "metric_names", "metrics", "contents", "metric_directions", "saved_views"),
    *(*SAID_TABLES, *RUN_TABLES),
)

# What may stand in a column, by its declared type.
_HELD_BY = {
    "VARCHAR": "('text', 'null')",
    "JSON": "('text', 'null', 'integer', 'real')",
    "INTEGER": "('integer', 'null')",
    "BIGINT": "('integer', 'null')",
    "BOOLEAN": "('integer', 'null')",
    "REAL": "('real', 'integer', 'null')",
    "BLOB": "('blob')",
}

# What tells a view or a run from others is short.
_MAX_ID_CHARACTERS = 255
# A process has a number that systems can be asked for.
_MAX_PROCESS = 2**31 - 1
# Sizes are answered as floats, which are exact up to here. A larger one would be an error in every list with its run.
_MAX_BYTES = 2**53

# What a run ran with is gathered while it runs, and written when that is done, which may be after its end.
_KNOWN_LATER = (*contents.HASH_COLUMNS, "git_remote", "git_branch", "git_sha", "peak_memory")


@dataclass(frozen=True)
class Merged:
    """What came from another store.

    Attributes:
        new_runs: How many runs are new here.
        left_out: How many rows of each of its tables were not taken over, because a text is too long or a run's id
            could do harm.
    """

    new_runs: int
    left_out: dict[str, int]


def merge_store(location: Path, other: Path, called: Path | None = None, deadline: Deadline | None = None) -> Merged:
    """Add the runs of another store that are not here yet, and edits that are later than ours.

    Runs that were deleted here stay deleted. What others deleted stays here: nobody deletes for others.

    Args:
        location: One's own store. Made if it is not there.
        other: A copy of another store, which nobody writes to meanwhile. It may hold anything, and is not changed.
        called: What messages call the other store.
        deadline: When to give up reading it.

    Raises:
        StoreError: If either cannot be opened, read or written. Then some runs may have been taken over, the rest not.
    """
    called = called or other
    with tempfile.TemporaryDirectory(prefix="kedro-viz-") as folder:
        staging = Path(folder) / "staging.db"
        try:
            left_out = stage(other, staging, called, deadline)
            with contextlib.closing(open_store(staging)) as staged:
                _check_types(staged, called)
        except StoreError:
            raise
        except Exception as error:
            # A file from elsewhere may hold anything under the names of our tables and columns.
            raise StoreCorruptError(called, error) from error
        with contextlib.closing(open_store(location, _MERGE_LOCK_TIMEOUT)) as connection:
            # Its tables are ours, its values are not: nothing that a schema defines may run functions on them.
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
            connection.execute("ATTACH DATABASE ? AS other", (str(staging),))
            try:
                return Merged(_merge(connection, staging), dict(left_out))
            except sqlite3.Error as error:
                raise store_error(error, location, _MERGE_LOCK_TIMEOUT) from error


def _check_types(copy: sqlite3.Connection, other: Path) -> None:
    """Refuse a store with values that its columns cannot rightly hold: SQLite would keep them, and readers fail."""
    for table in _CHECKED_TABLES:
        # A hostile file may declare other types: what they are to be is what a new store has.
        wrong = " OR ".join(_is_wrong(name, kind) for name, kind in _declared_types(table))
        if copy.execute(f"SELECT 1 FROM {table} WHERE {wrong} LIMIT 1").fetchone() is not None:  # noqa: S608 - own names
            raise StoreCorruptError(other, ValueError(f"a value in its table '{table}' is of another type or size"))


@cache
def _declared_types(table: str) -> list[tuple[str, str]]:
    """A table's columns in today's schema, and their types."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create(connection, SCHEMA_VERSION)
        return [(name, kind) for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})")]


def _is_wrong(column: str, kind: str) -> str:
    """The condition that a column holds what readers cannot take."""
    wrong = f"typeof({column}) NOT IN {_HELD_BY[kind]}"
    if column.endswith("_at"):
        return f"{wrong} OR {column} NOT BETWEEN 0 AND {LAST_TIME}"
    if column == "count":
        # A series_chunks row of more points could not be read.
        return f"{wrong} OR {column} NOT BETWEEN 1 AND {MAX_CHUNK_POINTS}"
    if column in ("size", "peak_memory"):
        return f"{wrong} OR {column} NOT BETWEEN -{_MAX_BYTES} AND {_MAX_BYTES}"
    if column == "process":
        return f"{wrong} OR {column} NOT BETWEEN 0 AND {_MAX_PROCESS}"
    if column in ("id", "run_id") and kind == "VARCHAR":
        return f"{wrong} OR length({column}) > {_MAX_ID_CHARACTERS}"
    return wrong


def _is_unfinished(run: str) -> str:
    """The condition that more may be known of a run elsewhere: one that we took for lost may have ended well."""
    return f"({run}.ended_at IS NULL OR {run}.status = 'lost')"


def _is_final(run: str) -> str:
    """The condition that a run has ended by its own word.

    That it was lost is what another machine concluded from silence. Each can conclude that for itself; the machine that
    runs it knows better.
    """
    return f"({run}.ended_at IS NOT NULL AND {run}.status IS NOT 'lost')"


def _merge(connection: sqlite3.Connection, other: Path) -> int:
    connection.execute("CREATE TEMP TABLE batch (run_id VARCHAR NOT NULL PRIMARY KEY) WITHOUT ROWID")
    with _transaction(connection):
        part_from_ours(connection)
    theirs = connection.execute("SELECT id FROM other.runs WHERE id IS NOT NULL ORDER BY id").fetchall()
    _merge_contents(connection, other)
    added = 0
    for start in range(0, len(theirs), _RUNS_AT_ONCE):
        with _transaction(connection):
            connection.execute("DELETE FROM batch")
            connection.executemany(
                "INSERT INTO batch SELECT ? WHERE NOT EXISTS (SELECT 1 FROM main.deleted_runs WHERE run_id = ?)",
                (2 * row for row in theirs[start : start + _RUNS_AT_ONCE]),
            )
            added += _merge_batch(connection)
        _merge_series(connection)
    merge_said(connection, _transaction)
    return added


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _merge_contents(connection: sqlite3.Connection, other: Path) -> None:
    """Take over the contents that their runs need, as far as they are what their names say."""
    with contextlib.closing(sqlite3.connect(other)) as copy:
        theirs = _TheirContents(copy)
        needed: set[str] = set()
        for column in contents.HASH_COLUMNS:
            rows = connection.execute(
                f"SELECT DISTINCT {column} FROM other.runs WHERE {column} IS NOT NULL "  # noqa: S608 - own names
                "AND id NOT IN (SELECT run_id FROM main.deleted_runs)"
            )
            named = {name for (name,) in rows}
            needed |= named
            if column == "source":
                for content in theirs.read(named):
                    needed.update(contents.named_by_manifest(content.data))
        wanted = contents.missing(connection, needed)
        for batch in contents.batches(theirs.read(wanted)):
            with _transaction(connection):
                contents.put(connection, batch)


class _TheirContents:
    """The contents of a store from elsewhere."""

    def __init__(self, copy: sqlite3.Connection) -> None:
        self._copy = copy
        self._left = _MAX_UNPACKED_BYTES

    def read(self, hashes: Iterable[str]) -> Iterator[PackedContent]:
        """Those that are what their names say, and together not too large."""
        for name in sorted(hashes):
            row = self._copy.execute("SELECT size, data FROM contents WHERE hash = ?", (name,)).fetchone()
            if row is None or not 0 <= row[0] <= min(MAX_CONTENT_BYTES, self._left):
                continue
            self._left -= row[0]
            try:
                yield contents.checked(name, row[1], limit=row[0])
            except ValueError as error:
                logger.debug("Not taken over: %s", error)


def _merge_batch(connection: sqlite3.Connection) -> int:
    """Take over the runs of `batch` with all that belongs to them, but for their series; how many of them are new."""
    columns = [name for name, _ in _declared_types("runs")]
    names = ", ".join(columns)
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "id")
    # A run that was fetched while it ran is replaced by its finished record, with all that belongs to it.
    for table in ("metrics", *RUN_TABLES):
        connection.execute(
            f"DELETE FROM main.{table} WHERE run_id IN (SELECT theirs.id FROM batch "  # noqa: S608 - own names
            "CROSS JOIN other.runs AS theirs ON theirs.id = batch.run_id CROSS JOIN main.runs AS ours USING (id) "
            f"WHERE {_is_unfinished('ours')} AND {_is_final('theirs')})"
        )
    (new,) = connection.execute(
        "SELECT count(*) FROM batch WHERE NOT EXISTS (SELECT 1 FROM main.runs WHERE id = batch.run_id)"
    ).fetchone()
    # `WHERE true` parts the SELECT from the upsert clause, as SQLite's grammar asks.
    connection.execute(
        f"INSERT INTO main.runs ({names}) SELECT {names} FROM batch CROSS JOIN other.runs ON id = run_id WHERE true "  # noqa: S608 - own names
        f"ON CONFLICT (id) DO UPDATE SET {updates} WHERE {_is_unfinished('runs')} AND {_is_final('excluded')}"
    )
    # What it ran with may be known only after its end, when a colleague has its final record already.
    later = ", ".join(f"{column} = coalesce(runs.{column}, theirs.{column})" for column in _KNOWN_LATER)
    missing = " OR ".join(f"runs.{column} IS NULL AND theirs.{column} IS NOT NULL" for column in _KNOWN_LATER)
    connection.execute(
        f"UPDATE main.runs SET {later} FROM batch CROSS JOIN other.runs AS theirs ON theirs.id = batch.run_id "  # noqa: S608 - own names
        f"WHERE runs.id = batch.run_id AND runs.started_at IS theirs.started_at AND ({missing})"
    )
    connection.execute(
        "INSERT OR IGNORE INTO main.metric_names (dataset, key) SELECT dataset, key FROM other.metric_names "
        "WHERE id IN (SELECT metric_id FROM batch CROSS JOIN other.metrics AS theirs ON theirs.run_id = batch.run_id) "
        "ORDER BY id"
    )
    connection.execute(
        "INSERT OR IGNORE INTO main.metrics (run_id, metric_id, value, exact) "
        "SELECT theirs.run_id, ours.id, theirs.value, theirs.exact FROM batch "
        "CROSS JOIN other.metrics AS theirs ON theirs.run_id = batch.run_id "
        "JOIN other.metric_names AS name ON name.id = theirs.metric_id "
        "JOIN main.metric_names AS ours ON ours.dataset = name.dataset AND ours.key = name.key"
    )
    for table in RUN_TABLES:
        if table != "series_chunks":
            fields = ", ".join(name for name, _ in _declared_types(table))
            theirs = ", ".join(f"theirs.{name}" for name, _ in _declared_types(table))
            connection.execute(
                f"INSERT OR IGNORE INTO main.{table} ({fields}) "  # noqa: S608 - own names
                f"SELECT {theirs} FROM batch CROSS JOIN other.{table} AS theirs ON theirs.run_id = batch.run_id"
            )
    return int(new)


def _merge_series(connection: sqlite3.Connection) -> None:
    """Take over the points of series that are not here, of the runs of `batch` that are."""
    absent = connection.execute(
        "SELECT theirs.run_id, theirs.name, theirs.batch, theirs.count, length(theirs.points) "
        "FROM batch CROSS JOIN other.series_chunks AS theirs ON theirs.run_id = batch.run_id "
        "WHERE EXISTS (SELECT 1 FROM main.runs WHERE runs.id = theirs.run_id) "
        "AND NOT EXISTS (SELECT 1 FROM main.series_chunks AS ours WHERE ours.run_id = theirs.run_id "
        "AND ours.name = theirs.name AND ours.batch = theirs.batch)"
    ).fetchall()
    fields = ", ".join(name for name, _ in _declared_types("series_chunks"))
    for portion in contents.in_portions(_bounded(connection, absent), _SERIES_BYTES_AT_ONCE):
        with _transaction(connection):
            connection.executemany(
                f"INSERT OR IGNORE INTO main.series_chunks ({fields}) "  # noqa: S608 - own names
                f"SELECT {fields} FROM other.series_chunks WHERE run_id = ? AND name = ? AND batch = ? "
                "AND NOT EXISTS "
                "(SELECT 1 FROM main.deleted_runs AS deleted WHERE deleted.run_id = series_chunks.run_id)",
                portion,
            )


def _bounded(
    connection: sqlite3.Connection, absent: Iterable[tuple[str, str, str, int, int]]
) -> Iterator[tuple[PointsKey, int]]:
    """The rows with points, and their bytes, without those that their runs have beyond what runs can log."""
    totals: dict[str, int] = {}
    for run_id, name, batch, count, size in absent:
        if run_id not in totals:
            ours = "SELECT coalesce(sum(count), 0) FROM main.series_chunks WHERE run_id = ?"
            totals[run_id] = connection.execute(ours, (run_id,)).fetchone()[0]
        totals[run_id] += count
        if totals[run_id] <= MAX_POINTS:
            yield (run_id, name, batch), size
        else:
            logger.debug("Run '%s' has more than %s points. Some are not taken over.", run_id, f"{MAX_POINTS:,}")
