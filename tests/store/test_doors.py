"""The database is reached through one door: what is SQLite's is in `store/sqlite`, and what writes SQL in `store`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import kedro_viz

PACKAGE = Path(kedro_viz.__file__).parent
SQLITE, DIALECT, STORE = PACKAGE / "store" / "sqlite", PACKAGE / "store" / "dialect.py", PACKAGE / "store"

# What databases name in different ways. `store/dialect.py` has functions for these.
DIALECTS = {
    *("json_each", "json_tree", "json_extract", "json_type", "json_valid", "group_concat", "typeof"),
    *("exec_driver_sql", "text"),
}


def modules(*besides: Path) -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        if not any(file.is_relative_to(other) for other in besides):
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """The packages that a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_only_the_room_of_sqlite_imports_its_driver() -> None:
    assert [str(file) for file, tree in modules(SQLITE) if "sqlite3" in imported(tree)] == []


def test_only_the_store_writes_sql() -> None:
    assert [str(file) for file, tree in modules(STORE) if "sqlalchemy" in imported(tree)] == []


def test_what_databases_write_in_different_ways_is_in_one_place() -> None:
    found = []
    for file, tree in modules(SQLITE, DIALECT):
        if "sqlalchemy" not in imported(tree):
            continue
        called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in called}
        # An index on the rows that a condition is true of is written by SQLAlchemy itself.
        found += [f"{file.name}: {name}" for name in names & DIALECTS if (file.name, name) != ("tables.py", "text")]
    assert found == []
