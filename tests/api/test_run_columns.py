"""Columns of runs over HTTP, decoded as `column_encoding` describes them."""

from __future__ import annotations

import functools
import json
import math
import sqlite3
import struct
from array import array
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from kedro_viz.api.column_encoding import encode
from kedro_viz.store.editing.run_details import RunEdit
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.sqlite.time_limit import time_limit
from kedro_viz.tracking.parameters import Parameter
from tests.api.encoded_table import ENCODED, TABLE
from tests.api.serving import Api, record, run_events, run_id

_TYPES = {"int8": "b", "int16": "h", "int32": "i", "uint32": "I", "float32": "f", "float64": "d"}
NONE = "none"


@dataclass(frozen=True)
class Decoded:
    """A table as a client has it; a number that a run does not have is "none"."""

    run_ids: list[str]
    titles: dict[str, str]
    started: list[float]
    columns: dict[str, list[Any]]
    headers: dict[str, dict[str, Any]]


def decode(body: bytes) -> Decoded:
    """Read an answer, step by step as the description says."""
    assert body[:4] == b"KVRC"
    (length,) = struct.unpack("<I", body[4:8])
    header, data = json.loads(body[8 : 8 + length]), body[8 + length :]

    def unshuffled(block: Mapping[str, Any], width: int, count: int) -> bytes:
        planes = [data[block["start"] + place * count :][:count] for place in range(width)]
        return bytes(planes[place][row] for row in range(count) for place in range(width))

    def numbers(block: Mapping[str, Any]) -> list[float]:
        kind = _TYPES[block["type"]]
        return list(array(kind, unshuffled(block, array(kind).itemsize, block["count"])))

    ids = header["ids"]
    if "texts" in ids:
        run_ids = ids["texts"]
    else:
        joined = unshuffled(ids["block"], ids["width"], header["runs"]).decode()
        run_ids = [joined[start : start + ids["width"]] for start in range(0, len(joined), ids["width"])]
    places = numbers(header["titles"]["places"])
    titles = {run_ids[int(place)]: text for place, text in zip(places, header["titles"]["texts"], strict=True)}
    started, last = [], 0.0
    for step in numbers(header["started"]):
        last = last if math.isnan(step) else last + step
        started.append(math.nan if math.isnan(step) else last)
    columns: dict[str, list[Any]] = {}
    for column in header["columns"]:
        if column["kind"] == "category":
            codes = numbers(column["codes"])
            columns[column["name"]] = [column["labels"][int(code)] if code >= 0 else None for code in codes]
            continue
        told = set(numbers(column["notNumbers"])) if "notNumbers" in column else set()
        columns[column["name"]] = [
            value if not math.isnan(value) else "NaN" if row in told else NONE
            for row, value in enumerate(numbers(column["values"]))
        ]
    return Decoded(run_ids, titles, started, columns, {column["name"]: column for column in header["columns"]})


def post(api: Api, body: Any, **headers: str) -> Response:
    """Ask for columns."""
    sent = {"Content-Type": "application/json", **headers}
    answer: Response = api.client.post("/api/run-columns", content=json.dumps(body), headers=sent)
    return answer


def columns_of(api: Api, *columns: str, **asked: Any) -> Decoded:
    """The columns of an answer that must not be an error."""
    answer = post(api, {"columns": columns, **asked})
    assert answer.status_code == 200, answer.text
    return decode(answer.content)


def refusal(api: Api, body: Any, status: int = 400) -> str:
    """The sentence of an error."""
    answer = post(api, body)
    assert answer.status_code == status, answer.text
    sentence: str = answer.json()["error"]
    return sentence


def test_the_table_that_the_web_app_decodes_in_its_tests_is_todays() -> None:
    # If this fails: `python -m tests.api.encoded_table`.
    assert encode(TABLE) == ENCODED.read_bytes()


def test_metrics_come_in_the_order_of_their_runs(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(2), metrics={"r2": 0.25, "loss": float("nan")}))
    record(store, *run_events(run_id(1), metrics={"r2": 0.5, "loss": float("inf")}))
    record(store, *run_events(run_id(3)))
    table = columns_of(api, "metrics.scores.r2", "metrics.scores.loss", "metrics.scores.unknown")
    assert table.run_ids == [run_id(1), run_id(2), run_id(3)]
    assert table.started == sorted(table.started)
    assert table.columns == {
        "metrics.scores.r2": [0.5, 0.25, NONE],
        "metrics.scores.loss": [math.inf, "NaN", NONE],
        "metrics.scores.unknown": [NONE, NONE, NONE],
    }


def test_only_runs_with_one_of_the_metrics_come_if_asked_so(api: Api, store: Path) -> None:
    for number in range(8):
        metrics = {0: {"a": 1.0}, 3: {"b": float("nan")}, 5: {"c": 1.0}}.get(number)
        record(store, *run_events(run_id(number), metrics=metrics))
    table = columns_of(api, "metrics.scores.a", "metrics.scores.b", "status", withMetrics=True)
    assert table.run_ids == [run_id(0), run_id(3)]
    assert table.columns == {
        "metrics.scores.a": [1, NONE],
        "metrics.scores.b": [NONE, "NaN"],
        "status": ["succeeded", "succeeded"],
    }


def test_parameters_are_numbers_or_categories(api: Api, store: Path) -> None:
    values: list[dict[str, Any]] = [
        {"depth": 3, "rate": 0.1, "mixed": 1, "flag": True, "list": [1, 2], "null": None, "nan": float("nan")},
        {"depth": None, "rate": 0.30000000000000004, "mixed": "one", "flag": False, "list": [], "null": None, "nan": 1},
        {"rate": 1e-5, "mixed": "Größe \x00 1", "text": "a" * 300},
    ]
    for number, parameters in enumerate(values):
        told = [Parameter(name, json.dumps(value, ensure_ascii=False)) for name, value in parameters.items()]
        record(store, *run_events(run_id(number), parameters=told))
    names = ("depth", "rate", "mixed", "flag", "list", "null", "nan", "text", "none")
    table = columns_of(api, *(f"params.{name}" for name in names))
    assert {name.removeprefix("params."): values for name, values in table.columns.items()} == {
        "depth": [3, NONE, NONE],
        "rate": [0.1, 0.30000000000000004, 1e-5],
        "mixed": ["1", "one", "Größe \x00 1"],
        "flag": ["true", "false", None],
        "list": ["[1, 2]", "[]", None],
        "null": ["null", "null", None],
        "nan": ["NaN", 1, NONE],
        "text": [None, None, "a" * 199 + "…"],
        "none": [None, None, None],
    }


def test_fields_come_as_numbers_and_categories(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1), seconds=2.5, git_dirty=True, author=None))
    record(store, *run_events(run_id(2), seconds=None, pipeline="training"))
    details = api.services.repository.details
    details.update(run_id(2), title="Zwei", notes="# Second", bookmark=True)
    names = ("title", "status", "ended", "duration", "author", "git.dirty", "pipeline", "notes", "bookmarked", "tags")
    table = columns_of(api, *names)
    assert table.titles == {run_id(2): "Zwei"}
    started = table.started[0]
    assert table.columns == {
        "title": [run_id(1), "Zwei"],
        "status": ["succeeded", "running"],
        "ended": [started + 2500, NONE],
        "duration": [2.5, NONE],
        "author": [None, "ada"],
        "git.dirty": ["true", None],
        "pipeline": [None, "training"],
        "notes": [None, "# Second"],
        "bookmarked": ["false", "true"],
        "tags": [None, None],
    }


def test_which_runs_come_is_chosen_as_in_the_list(api: Api, store: Path) -> None:
    for number in range(6):
        record(store, *run_events(run_id(number), metrics={"r2": number}, git_branch="dev" if number % 2 else "main"))
    api.services.repository.details.update(run_id(4), bookmark=True)
    api.services.repository.details.edit([run_id(2)], RunEdit(archived=True))

    def numbers(**asked: Any) -> list[int]:
        return columns_of(api, "metrics.scores.r2", **asked).columns["metrics.scores.r2"]

    assert numbers() == [0, 1, 3, 4, 5]
    assert numbers(archived=True) == [2]
    assert numbers(archived=None) == [0, 1, 2, 3, 4, 5]
    assert numbers(bookmarked=True) == [4]
    assert numbers(search="dev") == [1, 3, 5]
    # Runs that are named are wanted, archived or not, in the order of the table.
    assert numbers(runIds=[run_id(5), "unknown", run_id(2), run_id(5)]) == [2, 5]
    assert numbers(runIds=[run_id(5), run_id(2)], archived=False) == [5]
    assert numbers(runIds=[]) == []


def test_what_is_remembered_is_forgotten_as_the_store_changes(api: Api, store: Path) -> None:
    def values() -> list[Any]:
        return columns_of(api, "metrics.scores.r2").columns["metrics.scores.r2"]

    assert values() == []
    for number in range(3):
        record(store, *run_events(run_id(10 - number), metrics={"r2": number}))
        assert values() == [*range(number, -1, -1)]
    api.services.repository.details.edit([run_id(9)], RunEdit(archived=True))
    assert values() == [2, 0]
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE metrics SET value = 7 WHERE run_id = ?", (run_id(10),))
        connection.commit()
    assert values() == [2, 7]


def test_a_run_that_comes_while_columns_are_read_does_not_shift_them(
    api: Api, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 4):
        record(store, *run_events(run_id(number), metrics={"a": number, "b": 10 * number}))
    assert columns_of(api, "metrics.scores.a").columns["metrics.scores.a"] == [1, 2, 3]
    late = [run_events(run_id(0), metrics={"a": 0, "b": 0})]
    get = Remembered.get

    def get_before(remembered: Remembered, *asked: Any) -> Any:
        known = get(remembered, *asked)
        while late:
            record(store, *late.pop())
        return known

    # The first column is known from before the run; the second one is read after it.
    monkeypatch.setattr(Remembered, "get", get_before)
    table = columns_of(api, "metrics.scores.a", "metrics.scores.b")
    a, b = table.columns.values()
    assert table.run_ids == [run_id(number) for number in range(4)]
    assert a == [0, 1, 2, 3]
    assert b == [0, 10, 20, 30]


@pytest.mark.parametrize("order", ["sparse", "dense"])
def test_metrics_of_many_and_of_few_runs_come_alike(api: Api, store: Path, order: str) -> None:
    having = range(0, 40, 20) if order == "sparse" else range(30)
    for number in range(40):
        record(store, *run_events(run_id(number), metrics={"r2": number} if number in having else {"other": 1}))
    expected = [number if number in having else NONE for number in range(40)]
    assert columns_of(api, "metrics.scores.r2").columns["metrics.scores.r2"] == expected
    api.services.repository.details.edit([run_id(20)], RunEdit(archived=True))
    expected.pop(20)
    assert columns_of(api, "metrics.scores.r2").columns["metrics.scores.r2"] == expected


def test_columns_of_some_runs_have_their_labels_only(api: Api, store: Path) -> None:
    for number in range(12):
        parameters = [Parameter("kind", json.dumps(f"kind {number % 3}")), Parameter("nan", "NaN" if number else "1")]
        record(store, *run_events(run_id(number), parameters=parameters, author=None if number == 1 else "ada"))
    names = ("params.kind", "params.nan", "author")
    assert columns_of(api, *names).headers["params.kind"]["labels"] == ["kind 0", "kind 1", "kind 2"]
    # Most of the runs, and a few: both without those of the third kind.
    for kept in ([0, 1, 3, 4, 6, 7, 9, 10], [0, 1]):
        table = columns_of(api, *names, runIds=[run_id(number) for number in kept])
        assert table.columns["params.kind"] == [f"kind {number % 3}" for number in kept]
        assert table.columns["params.nan"] == [1, *["NaN"] * (len(kept) - 1)]
        assert table.columns["author"] == ["ada", None, *["ada"] * (len(kept) - 2)]
        assert table.headers["params.kind"]["labels"] == ["kind 0", "kind 1"]


@pytest.mark.parametrize("runs", [1, 40], ids=["few", "most"])
def test_ids_and_titles_of_any_kind_are_read(api: Api, store: Path, runs: int) -> None:
    identities = ["short", "ä" * 12, 'a"b\\c</script>\n', *(run_id(number) for number in range(runs))]
    for place, identity in enumerate(identities):
        record(store, *run_events(identity, started_at=1_000 + place, metrics={"r2": place}))
    api.services.repository.details.update("ä" * 12, title="\U0001f680 '\"")
    table = columns_of(api, "metrics.scores.r2")
    assert table.run_ids == identities
    assert table.titles == {"ä" * 12: "\U0001f680 '\""}
    assert table.columns["metrics.scores.r2"] == [*range(len(identities))]


def test_what_a_shared_store_should_not_hold_is_left_out(api: Api, store: Path) -> None:
    for number in range(3):
        record(store, *run_events(run_id(number), metrics={"r2": number}, parameters=[Parameter("depth", "1")]))
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE metrics SET value = 'many' WHERE run_id = ?", (run_id(1),))
        connection.execute("UPDATE parameters SET value = X'FF00' WHERE run_id = ?", (run_id(1),))
        connection.execute("UPDATE runs SET started_at = 'never', ended_at = 'later' WHERE id = ?", (run_id(1),))
        connection.execute("UPDATE runs SET author = CAST(X'ff41' AS TEXT) WHERE id = ?", (run_id(2),))
        connection.commit()
    table = columns_of(api, "metrics.scores.r2", "params.depth", "started", "duration", "author")
    assert sorted(table.run_ids) == [run_id(0), run_id(1), run_id(2)]
    row = table.run_ids.index(run_id(1))
    assert table.columns["metrics.scores.r2"][row] == NONE
    assert table.columns["params.depth"][row] == NONE
    assert math.isnan(table.started[row])
    assert table.columns["author"][table.run_ids.index(run_id(2))] == "\ufffdA"


def test_many_labels_are_cut(api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.analysis.column_values.MAX_LABELS", 3)
    for number in range(5):
        record(store, *run_events(run_id(number), author=f"author {number}"))
    table = columns_of(api, "author")
    assert table.columns["author"] == ["author 0", "author 1", *["other values"] * 3]
    assert table.headers["author"]["leftOut"] == 3


def test_long_answers_are_compressed_for_who_reads_that(api: Api, store: Path) -> None:
    record(store, *[event for number in range(100) for event in run_events(run_id(number), metrics={"r2": number})])
    plain = post(api, {"columns": ["metrics.scores.r2"]}, **{"Accept-Encoding": "identity"})
    packed = post(api, {"columns": ["metrics.scores.r2"]}, **{"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < len(plain.content) / 3
    assert packed.content == plain.content


def test_mistakes_are_told_in_a_sentence(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(api, []) == "The request is not a JSON object."
    assert refusal(api, {"columns": "status"}) == "`columns` must be a list of texts."
    assert refusal(api, {"columns": [1]}) == "`columns` must be a list of texts."
    assert refusal(api, {"columns": ["git.brunch"]}).startswith(
        "There is no column 'git.brunch'. Did you mean git.branch"
    )
    assert refusal(api, {"columns": [], "search": 1}) == "`search` must be a text."
    assert refusal(api, {"columns": [], "archived": "no"}) == "`archived` must be true, false or null."
    assert "up to 2,500" in refusal(api, {"columns": ["status"] * 2_501})
    assert "up to 10,000" in refusal(api, {"columns": [], "runIds": ["a"] * 10_001})
    assert refusal(api, {"columns": ["a" * 5_000_000]}, 413) == "The request is larger than 5 MB. Send it in parts."
    answer = api.client.post("/api/run-columns", content="{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("The request is not JSON: ")


def test_a_query_that_cannot_be_understood_tells_where(api: Api) -> None:
    answer = post(api, {"columns": [], "search": "a" * 1_000_000})
    assert answer.status_code == 400
    assert answer.json().keys() == {"error", "query"}
    assert answer.json()["query"].keys() == {"start", "end"}


def test_a_query_that_takes_too_long_is_given_up(api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, *[event for number in range(300) for event in run_events(run_id(number))])
    with monkeypatch.context() as patched:
        patched.setattr("kedro_viz.store.reading.run_columns.time_limit", functools.partial(time_limit, seconds=0))
        assert "Narrow it" in refusal(api, {"columns": ["status"], "search": "nowhere"})
    assert columns_of(api, "status", search="nowhere").run_ids == []


def test_more_values_than_fit_into_an_answer_are_refused(
    api: Api, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kedro_viz.store.reading.run_columns.MAX_CELLS", 5)
    record(store, *[event for number in range(3) for event in run_events(run_id(number))])
    assert "2 columns of 3 runs are 6 values" in refusal(api, {"columns": ["status", "author"]})
    assert columns_of(api, "status").columns["status"] == ["succeeded"] * 3


def test_forms_of_other_sites_are_refused(api: Api) -> None:
    for media_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = api.client.post("/api/run-columns", content='{"columns": []}', headers={"Content-Type": media_type})
        assert answer.status_code == 415
