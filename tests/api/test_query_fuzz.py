"""Whatever is typed as a query, over HTTP: an answer or a sentence about it, and nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from kedro_viz.store.query.language.fields import QUERY_FIELDS
from kedro_viz.tracking.events import DatasetSaved, SeriesLogged
from kedro_viz.tracking.parameters import Parameter
from tests.api.serving import JSON_TYPE, METRICS_TYPE, Api, opened, project_of, record, run_events, run_id

QUERY = """
  query ($search: String, $text: String!, $position: Int!, $orderBy: [RunOrder!]) {
    runs(first: 3, search: $search, orderBy: $orderBy) { totalCount edges { cursor node { id } } }
    queryHelp(text: $text, position: $position) {
      isExpression problem { message start end } suggestions { text start end }
    }
  }
"""

# Names that runs may have whose authors mean harm, or whose libraries do not care.
NAMES = [
    *("a", "a.b", "", ".", "é🎉", "a b", 'a"b', "a'b", "a\\", "x\0y", "a;--", "') OR 1=1 --", "$", "[0]", "`", "\n"),
    *("and", "None", "__class__", "x" * 300, "%", "_", "\u202e", "{{7*7}}", "1", "-1", "metrics", 'c"]', "last"),
]
VALUES = ["1", '"a"', "true", "null", "NaN", "[1]", "{}", '"', "[", "-", "1e999", '"\\ud800"', "9" * 400, ""]

# What queries may ask of, and what they may not.
ASKED = {
    *("runs", "user_run_details", "metrics", "metric_names", "parameters", "tracked_json", "series_chunks"),
    *("run_tags", "node_runs"),
}
PIECES = [
    *QUERY_FIELDS,
    *("metrics", "params", "json", "series", ".", "a", "b", "last", "min", "[", "]", "(", ")", "{", "}", ","),
    *(
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "=",
        "in",
        "not",
        "and",
        "or",
        "is",
        "None",
        "True",
        "null",
        "not in",
        "is not",
    ),
    *("1", "0.5", "-1", "1e999", "9" * 400, "0x1F", "1j", '"a"', "'b'", '"7 days ago"', '"2024-05-01"', '"failed"'),
    *('"9999-12-31"', '"99999999 years ago"', '"0001-01-01"', '"5 min"', '"%"', '"\\', "'", '"', "#", "\\", "\n", "\0"),
    *(
        ".startswith(",
        ".endswith(",
        "lambda",
        ":",
        ":=",
        "if",
        "else",
        "for",
        "await",
        "f'{x}'",
        "b'x'",
        "*",
        "**",
        "~",
    ),
    *("\ud83c", "🎉", "é", "ﬁ", "\u2028", "\u0000", "__import__('os')", "sqlite_master", "; DROP TABLE runs", "seed=1"),
    *(
        "...",
        "%",
        "_",
        "/",
        "1_000",
        "@",
        "→",
        "\x1c",
        "\u00a0",
        "metrics.scores.a",
        "params.seed",
        'json["columns.n"]',
    ),
]
pieces = st.sampled_from(PIECES) | st.sampled_from(NAMES) | st.text(max_size=3)
texts = st.text(max_size=60) | st.lists(pieces, max_size=12).map(" ".join) | st.lists(pieces, max_size=8).map("".join)


def _listed(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


values = st.sampled_from(["1", "-2.5", "0.5", '"a"', "True", '"7 days ago"', '"failed"', '"2024"', '"1 h"', "params.a"])
fields = st.one_of(
    st.sampled_from(list(QUERY_FIELDS)),
    st.sampled_from(["metrics.scores.a", "params.a", "json.columns.n", "json.a.b.c.d", "series.loss.last"]),
    st.builds(
        lambda root, name, part: f"{root}[{_quoted(name)}]{part}",
        st.sampled_from(["metrics", "params", "json", "series"]),
        st.sampled_from(NAMES) | st.text(max_size=5),
        st.sampled_from(["", ".last", ".a"]),
    ),
)
conditions = st.one_of(
    st.builds("{} {} {}".format, fields, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), values | fields),
    st.builds(
        "{} {} [{}]".format, fields, st.sampled_from(["in", "not in"]), st.lists(values, max_size=4).map(", ".join)
    ),
    st.builds("{} {} {}".format, values, st.sampled_from(["in", "not in"]), fields),
    st.builds("{} {} None".format, fields, st.sampled_from(["is", "is not", "=="])),
    st.builds("{}.{}({})".format, fields, st.sampled_from(["startswith", "endswith"]), values),
    fields,
)
expressions = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner), st.builds("not {}".format, inner)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API over runs with hostile names and values."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    store = folder / "session_store.db"
    for number, value in enumerate(VALUES):
        run = run_id(number)
        parameters = {name: Parameter(name, value) for name in NAMES}
        record(
            store,
            *run_events(run, author=NAMES[number], parameters=list(parameters.values())),
            *(DatasetSaved(run, name, METRICS_TYPE, "p", metrics={name: number, "a": 1}) for name in NAMES),
            DatasetSaved(run, "columns", JSON_TYPE, "p", document=value),
            *(SeriesLogged(run, name, "1", [0], [1], [1]) for name in NAMES),
        )
    with opened(project_of(folder, store=store)) as api:
        yield api


def check(api: Api, text: str, position: int, order: str | None = None) -> None:
    """Ask for the list and for help."""
    statements: list[tuple[str, Any]] = []  # Any: what a statement's variables are

    def asked(*arguments: Any) -> None:  # Any: see SQLAlchemy's event
        statements.append((arguments[2], arguments[3]))

    engine = api.services.repository._engine
    event.listen(engine, "before_cursor_execute", asked)
    try:
        order_by = None if order is None else [{"column": order}]
        answer = api.answer(QUERY, search=text, text=text, position=position, orderBy=order_by)
    finally:
        event.remove(engine, "before_cursor_execute", asked)
    for error in answer.get("errors", []):
        assert error["path"] == ["runs"], error
        assert error["message"] != "The server could not answer this. Its log says why."
        assert 0 <= error["extensions"]["query"]["start"] <= error["extensions"]["query"]["end"] <= len(text)
    for statement, _ in statements:
        if statement == "BEGIN":
            continue
        assert statement.lstrip().startswith(("SELECT", "WITH")), statement
        assert ";" not in statement
        # What the user has typed comes as a variable, never in the statement.
        assert set(re.findall(r"\b(?:FROM|JOIN) ([a-z_]\w*)", statement)) <= ASKED | {"found"} | set(
            re.findall(r"anon_\d+|json_each|json_tree", statement)
        ), statement
    if answer["data"] is None:
        return
    found = answer["data"]["queryHelp"]
    for part in (*found["suggestions"], *([found["problem"]] if found["problem"] else [])):
        assert 0 <= part["start"] <= part["end"] <= len(text)


fuzzed = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@fuzzed
@given(texts, st.integers(-1, 100))
def test_any_text_is_answered(api: Api, text: str, position: int) -> None:
    check(api, text, position)


@fuzzed
@given(expressions, st.integers(0, 100))
def test_any_expression_is_answered(api: Api, text: str, position: int) -> None:
    check(api, text, position)


@fuzzed
@given(st.sampled_from(["metrics", "params"]), st.sampled_from(NAMES) | st.text(max_size=8))
def test_runs_are_sorted_by_any_name(api: Api, source: str, name: str) -> None:
    found = api.answer(QUERY, search="", text="", position=0, orderBy=[{"column": f"{source}.{name}"}])
    assert "errors" not in found or found["errors"][0]["message"].startswith("There is no column")


@pytest.mark.parametrize(
    "text",
    [
        "not " * 900 + "bookmarked",
        "-" * 3_900 + "1 < duration",
        "(" * 1_900 + "1" + ")" * 1_900 + " < duration",
        "[" * 3_900 + " < duration",
        "metrics" + ".a" * 1_900 + " > 1",
        "1 < " * 900 + "duration",
        "duration > 1 or " * 240 + "duration > 1",
        "duration in [" + "1," * 1_900 + "1]",
        "params.a in [" + '"",' * 1_200 + '""]',
        'json["' + "a." * 1_900 + 'a"] == 1',
        " or ".join(["json.a.b.c.d.e.f.g.h.i.j == json.j.i.h.g.f.e.d.c.b.a"] * 50),
        "not (" * 10 + "json.a.b.c.d.e.f.g.h.i.j != json.j.i.h" + ")" * 10,
        "(not git.dirty and (not bookmarked or " * 9 + "title == notes" + "))" * 9,
        " and ".join(["title != notes"] * 50),
        " or ".join(["series.a.last < series.b.max"] * 50),
        "duration > " + "9" * 3_900,
        '"' + "a%" * 1_900 + '" in notes',
        'started > "' + "1" * 3_900 + '"',
        'duration > "' + "1" * 3_900 + '"',
        "a=" * 1_900,
        '"' * 3_999 + ">",
        "🎉" * 3_990 + " > 1",
        "seed==1 and " + "x" * 3_000,
    ],
    ids=range(23),
)
def test_long_and_deep_queries_are_answered(api: Api, text: str) -> None:
    check(api, text, len(text))
