"""Runs, pages of them, and edits, as the app asks for them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure
from tests.api.serving import Api, opened, project_of, record, run_events, run_id

PAGE = """
  query Runs($first: Int!, $after: String, $search: String, $bookmarked: Boolean, $orderBy: [RunOrder!],
      $offset: Int! = 0) {
    runs(first: $first, after: $after, offset: $offset, search: $search, bookmarked: $bookmarked, orderBy: $orderBy) {
      edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount
    }
  }
"""
EVERYTHING = """
  query Everything($first: Int!) { runs(first: $first) { totalCount edges { cursor node {
    id title author gitBranch gitSha runCommand notes bookmark status startedAt endedAt duration gitDirty pipeline env
    runner kedroVersion error { type message traceback node } metrics { id dataset key value }
    metricValues(metrics: ["scores.b", "scores.a"]) parameters { name value }
    trackedJson { dataset datasetType data problem } plots { dataset datasetType name mediaType size url problem }
  } } } }
"""
RUN = "query Run($id: ID!) { run(id: $id) { %s } }"
UPDATE = """
  mutation ($id: ID!, $input: RunInput!) { updateRunDetails(runId: $id, runInput: $input) {
    ... on UpdateRunDetailsSuccess { run { id title notes bookmark metrics { id } } }
    ... on UpdateRunDetailsFailure { errorMessage }
  } }
"""


def record_many(store: Path, numbers: range) -> None:
    for number in numbers:
        events = run_events(
            run_id(number),
            metrics={"a": number, "b": -number},
            document='{"n": 1}',
            parameters=[Parameter("seed", str(number))],
            plots=["plot"],
            failure=RunFailure("E", "m", "t") if number % 2 else None,
        )
        record(store, *events)


def test_pages_follow_one_another(api: Api, store: Path) -> None:
    for number in range(5):
        record(store, *run_events(run_id(number)))
    first = api.ask(PAGE, first=3)["runs"]
    assert [edge["node"]["id"] for edge in first["edges"]] == [run_id(4), run_id(3), run_id(2)]
    assert first["totalCount"] == 5
    assert first["pageInfo"] == {"hasNextPage": True, "endCursor": first["edges"][-1]["cursor"]}
    second = api.ask(PAGE, first=3, after=first["pageInfo"]["endCursor"])["runs"]
    assert [edge["node"]["id"] for edge in second["edges"]] == [run_id(1), run_id(0)]
    assert second["pageInfo"]["hasNextPage"] is False
    assert second["totalCount"] == 5


def test_an_empty_store_has_an_empty_page(api: Api) -> None:
    nothing = {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}, "totalCount": 0}
    assert api.ask(PAGE, first=1) == {"runs": nothing}
    assert api.ask("{ metricColumns { id } }") == {"metricColumns": []}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"first": 0}, "`first` must be from 1 to 1000, not 0."),
        ({"first": -1}, "`first` must be from 1 to 1000, not -1."),
        ({"first": 1_001}, "`first` must be from 1 to 1000, not 1001."),
        ({"first": 1, "after": "x"}, "The cursor is not valid for this order. Begin again without `after`."),
        ({"first": 1, "offset": -1}, "`offset` must not be negative."),
        ({"first": 1, "orderBy": [{}] * 9}, "Runs can be sorted by up to 8 columns at once, not by 9."),
        ({"first": 1, "search": "x" * 4_001}, "The query has 4,001 characters; up to 4,000 can be asked."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(api: Api, arguments: dict[str, Any], said: str) -> None:
    assert api.refusal(PAGE, **arguments) == said


def test_an_order_by_what_is_no_column_names_near_ones(api: Api) -> None:
    said = "There is no column 'durration'. Did you mean duration or kedro_version? Columns are id, title, status"
    assert api.refusal(PAGE, first=1, orderBy=[{"column": "durration"}]).startswith(said)


def test_a_page_begins_where_it_is_told(api: Api, store: Path) -> None:
    record_many(store, range(5))
    query = "{ runs(first: 2, offset: 2) { totalCount pageInfo { hasNextPage } edges { node { id } } } }"
    page = api.ask(query)["runs"]
    assert [edge["node"]["id"] for edge in page["edges"]] == [run_id(2), run_id(1)]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (5, True)


def test_bounds_of_lists_of_ids(api: Api) -> None:
    many = [str(number) for number in range(10_001)]
    said = "At most 10,000 runs can be asked for at once, not 10,001."
    assert api.refusal("query ($ids: [ID!]!) { runMetadata(runIds: $ids) { id } }", ids=many) == said
    query = (
        "query ($ids: [ID!]!, $group: TrackingDatasetGroup!) { runTrackingData(runIds: $ids, group: $group) { data } }"
    )
    assert api.refusal(query, ids=many, group="METRIC") == said
    said = "At most 1,000 runs can be asked for at once, not 1,001."
    assert api.refusal(query, ids=many[:1_001], group="PLOT") == said


def test_too_many_metric_columns_are_refused_and_not_cut(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1}))
    query = "query ($metrics: [ID!]!) { runs { edges { node { metricValues(metrics: $metrics) } } } }"
    many = ["scores.a"] * 2_500
    (edge,) = api.ask(query, metrics=many)["runs"]["edges"]
    assert edge["node"]["metricValues"] == [1.0] * 2_500
    assert api.refusal(query, metrics=[*many, "x"]) == "At most 2,500 metrics can be asked for at once, not 2,501."


def test_runs_sorted_by_a_metric(api: Api, store: Path) -> None:
    for number, value in enumerate([2.0, float("nan"), float("inf"), 2.0, -1.0]):
        record(store, *run_events(run_id(number), metrics={"a": value}))
    record(store, *run_events(run_id(9)))
    for direction, expected in (("DESC", [2, 3, 0, 4, 9, 1]), ("ASC", [4, 0, 3, 2, 1, 9])):
        order = {"column": "metrics.scores.a", "direction": direction}
        found, after = [], None
        for _ in expected:
            page = api.ask(PAGE, first=1, after=after, orderBy=order)["runs"]
            found += [edge["node"]["id"] for edge in page["edges"]]
            after = page["pageInfo"]["endCursor"]
        assert found == [run_id(number) for number in expected]
        assert page["pageInfo"]["hasNextPage"] is False


def test_a_page_is_a_fixed_number_of_queries(api: Api, store: Path) -> None:
    statements: list[str] = []
    event.listen(api.services.repository._engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    counts = {}
    done = 0
    for runs in (1, 10, 100):
        record_many(store, range(done, runs))
        done = runs
        statements.clear()
        page = api.ask(EVERYTHING, first=100)["runs"]
        assert len(page["edges"]) == runs
        counts[runs] = len([text for text in statements if text != "BEGIN"])
    # The count, the ids of the page, nine kinds of rows of these runs, and which metrics share a short name.
    assert set(counts.values()) == {12}, counts


def test_a_list_reads_no_session_and_no_traceback(api: Api, store: Path) -> None:
    record_many(store, range(3))
    statements: list[str] = []
    event.listen(api.services.repository._engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    api.ask("{ runsList { id title } runs { edges { node { id status metricValues(metrics: []) } } } }")
    assert statements
    assert not [text for text in statements if "blob" in text or "traceback" in text or "tracked_json" in text]


def test_a_run_tells_all_of_itself(api: Api, store: Path) -> None:
    record_many(store, range(1, 2))
    (edge,) = api.ask(EVERYTHING, first=1)["runs"]["edges"]
    run = edge["node"]
    assert run["status"] == "FAILED"
    assert run["startedAt"] == "2024-01-01T00:01:00+00:00"
    assert run["duration"] == 1.0
    assert run["error"] == {"type": "E", "message": "m", "traceback": "t", "node": None}
    assert [metric["id"] for metric in run["metrics"]] == ["scores.a", "scores.b"]
    assert run["metricValues"] == [-1.0, 1.0]
    assert run["parameters"] == [{"name": "seed", "value": 1}]
    json_type = "tracking.json_dataset.JSONDataset"
    assert run["trackedJson"] == [{"dataset": "columns", "datasetType": json_type, "data": {"n": 1}, "problem": None}]
    (plot,) = run["plots"]
    assert plot["url"] == f"/artifacts/{run_id(1)}/plot/plot.png"
    assert (plot["mediaType"], plot["size"]) == ("image/png", 10)


@pytest.mark.parametrize("identity", ["nobody's", "", "é", "\ud83c", "a\0b", "x" * 100_000])
def test_a_run_that_does_not_exist_is_null(api: Api, identity: str) -> None:
    assert api.ask(RUN % "id", id=identity) == {"run": None}
    assert api.ask("query ($ids: [ID!]!) { runMetadata(runIds: $ids) { id } }", ids=[identity]) == {"runMetadata": []}


@pytest.mark.parametrize("title", ["<b onclick=alert(1)>", "🎉", "\u202e\u05e9", "{{7*7}}", "a\0b", '"\\'])
def test_titles_come_back_as_they_went(api: Api, store: Path, title: str) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1}))
    answer = api.ask(UPDATE, id=run_id(1), input={"title": title})["updateRunDetails"]
    assert answer["run"]["title"] == title
    assert answer["run"]["metrics"] == [{"id": "scores.a"}]
    assert api.ask(RUN % "title", id=run_id(1))["run"]["title"] == title


def test_half_an_emoji_does_not_fail_the_edit(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    answer = api.ask(UPDATE, id=run_id(1), input={"title": "good \ud83c"})["updateRunDetails"]
    assert answer["run"]["title"] == "good \ufffd"


def test_an_edit_that_cannot_be_kept_says_why(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    answer = api.ask(UPDATE, id=run_id(1), input={"title": "x" * 10_000})["updateRunDetails"]
    assert answer == {"errorMessage": "The title has 10,000 characters; up to 1,000 can be kept."}


def test_notes_are_cleared(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    api.ask(UPDATE, id=run_id(1), input={"notes": "so far"})
    assert api.ask(UPDATE, id=run_id(1), input={"bookmark": True})["updateRunDetails"]["run"]["notes"] == "so far"
    assert api.ask(UPDATE, id=run_id(1), input={"notes": ""})["updateRunDetails"]["run"]["notes"] == ""


def test_an_edit_of_a_read_only_store_says_so(tmp_path: Path) -> None:
    # A folder where the file should be: nothing can be written there.
    (tmp_path / "session_store.db").mkdir()
    with opened(project_of(tmp_path, store=tmp_path / "session_store.db")) as api:
        answer = api.ask(UPDATE, id=run_id(1), input={"title": "x"})["updateRunDetails"]
    assert answer == {"errorMessage": "The session store is read-only: the change was not saved."}


class TestOddValues:
    """What Python calls a value and JSON does not."""

    def test_metrics_that_are_no_numbers(self, api: Api, store: Path) -> None:
        values = {"nan": float("nan"), "inf": float("inf"), "minus": float("-inf"), "huge": 1e308, "tiny": 5e-324}
        record(store, *run_events(run_id(1), metrics=values))
        run = api.ask(RUN % 'metrics { key value } metricValues(metrics: ["scores.nan", "scores.inf"])', id=run_id(1))
        told = {metric["key"]: metric["value"] for metric in run["run"]["metrics"]}
        assert told == {"nan": "NaN", "inf": "Infinity", "minus": "-Infinity", "huge": 1e308, "tiny": 5e-324}
        assert run["run"]["metricValues"] == ["NaN", "Infinity"]
        (nan, *_) = api.ask("{ metricColumns { key min max } }")["metricColumns"]
        assert nan == {"key": "nan", "min": None, "max": None}

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("NaN", None),
            ('{"a": [NaN, Infinity, -Infinity, 1.5]}', {"a": [None, None, None, 1.5]}),
            ("123456789012345678901234567890", 123456789012345678901234567890),
            ("[18446744073709551615, -9223372036854775808]", [2**64 - 1, -(2**63)]),
            ("1" + "0" * 400, 10**400),
            (r'"\ud83c"', "\ufffd"),
            (r'{"\udc00": NaN}', {"\ufffd": None}),
            (r'"\ud83c\udf89"', "🎉"),
            ("[" * 50 + "]" * 50, json.loads("[" * 50 + "]" * 50)),
            ("null", None),
            ('""', ""),
        ],
        ids=range(11),
    )
    def test_tracked_json_and_parameters_are_sent(self, api: Api, store: Path, text: str, told: object) -> None:
        record(store, *run_events(run_id(1), document=text, parameters=[Parameter("p", text)]))
        run = api.ask(RUN % "trackedJson { data problem } parameters { value }", id=run_id(1))["run"]
        assert run["trackedJson"] == [{"data": told, "problem": None}]
        assert run["parameters"] == [{"value": told}]
        query = "query ($ids: [ID!]!) { runTrackingData(runIds: $ids, group: JSON) { data } }"
        (dataset,) = api.ask(query, ids=[run_id(1)])["runTrackingData"]
        assert dataset["data"] or told is None

    @pytest.mark.parametrize("depth", [201, 300, 900])
    def test_json_too_deep_for_encoders_is_cut(self, api: Api, store: Path, depth: int) -> None:
        record(store, *run_events(run_id(1), document="[" * depth + "]" * depth))
        ((tracked,),) = [api.ask(RUN % "trackedJson { data problem }", id=run_id(1))["run"]["trackedJson"]]
        inner, levels = tracked["data"], 0
        while isinstance(inner, list):
            (inner,) = inner
            levels += 1
        assert (levels, inner, tracked["problem"]) == (200, "…", None)

    @pytest.mark.parametrize("text", ["{", "[" * 100_000], ids=["half", "endless"])
    def test_what_is_no_json_is_told_as_a_problem(self, api: Api, store: Path, text: str) -> None:
        events = run_events(run_id(1), document=text, parameters=[Parameter("p", text)])
        record(store, *events, *run_events(run_id(2), document="{}"))
        run = api.ask(RUN % "trackedJson { data problem } parameters { value }", id=run_id(1))["run"]
        assert run["trackedJson"][0]["data"] is None
        assert run["trackedJson"][0]["problem"].startswith("It is ")
        assert run["parameters"] == [{"value": text}]

    def test_answers_are_json_for_every_reader(self, api: Api, store: Path) -> None:
        record(store, *run_events(run_id(1), document=r'[NaN, "\ud800", 1e999]'))
        body = {"query": RUN % "trackedJson { data }", "variables": {"id": run_id(1)}}
        text = api.client.post("/graphql", json=body).text

        def refuse(constant: str) -> None:
            raise AssertionError(constant)

        json.loads(text, parse_constant=refuse)
        assert r"\ud800" not in text


def test_a_time_that_no_calendar_has_hides_no_run(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)), *run_events(run_id(2)))
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE runs SET started_at = 4000000000000000000 WHERE id = ?", (run_id(1),))
        connection.commit()
    runs = api.ask("{ runsList { id startedAt } }")["runsList"]
    assert [(run["id"], run["startedAt"] is None) for run in runs] == [(run_id(2), False), (run_id(1), True)]


def test_a_user_without_a_name_can_edit(api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.delenv("KEDRO_SQLITE_STORE_USERNAME", raising=False)
    monkeypatch.setattr("getpass.getuser", refuse)
    record(store, *run_events(run_id(1)))
    answer = api.ask(UPDATE, id=run_id(1), input={"title": "Mine"})["updateRunDetails"]
    assert answer["run"]["title"] == "Mine"


def test_any_number_of_runs_that_people_have_can_be_asked_for(api: Api, store: Path) -> None:
    asked = [run_id(number) for number in range(1_100)]
    record(store, *(happened for each in asked for happened in run_events(each, metrics={"a": 1})))
    answer = api.ask("query ($ids: [ID!]!) { runMetadata(runIds: $ids) { id metrics { id } } }", ids=asked)
    assert [run["id"] for run in answer["runMetadata"]] == asked
    assert all(run["metrics"] for run in answer["runMetadata"])
