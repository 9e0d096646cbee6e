"""What people say of runs, of metrics and of views, through the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kedro_viz.tracking.metric_direction import MetricDirection
from tests.api.serving import Api, opened, project_of, record, run_events, run_id

EDIT = """
  mutation ($ids: [ID!]!, $edit: RunEdit!) { editRuns(runIds: $ids, edit: $edit) {
    ... on EditRunsSuccess { runs { id title notes bookmark archived tags } }
    ... on EditFailure { errorMessage }
  } }
"""
LIST = "{ runs { edges { node { id archived tags } } } }"
DIRECT = """
  mutation ($metric: ID!, $direction: MetricDirection) { setMetricDirection(metric: $metric, direction: $direction) {
    ... on SetMetricDirectionSuccess { metric direction directionIsSet }
    ... on EditFailure { errorMessage }
  } }
"""
DIRECTIONS = "{ metricColumns { id direction directionIsSet } }"
SAVE = """
  mutation ($id: ID, $name: String!, $state: JSON!) { saveView(id: $id, name: $name, state: $state) {
    ... on SaveViewSuccess { view { id name state createdBy updatedAt updatedBy } }
    ... on EditFailure { errorMessage }
  } }
"""
DELETE = """
  mutation ($id: ID!) { deleteView(id: $id) {
    ... on DeleteViewSuccess { id }
    ... on EditFailure { errorMessage }
  } }
"""
VIEWS = "{ savedViews { id name state } }"


def edit(api: Api, numbers: range, **said: Any) -> Any:
    """The answer to an edit of runs."""
    return api.ask(EDIT, ids=[run_id(number) for number in numbers], edit=said)["editRuns"]


def record_some(store: Path, count: int = 3) -> None:
    for number in range(count):
        record(store, *run_events(run_id(number), metrics={"r2_score": number, "mae": number, "size": number}))


def test_an_edit_of_runs_is_in_the_answer_and_in_the_list(api: Api, store: Path) -> None:
    record_some(store)
    answer = edit(api, range(2), bookmark=True, addTags=["good", "Äpfel"], notes="*so far*")
    assert [(run["bookmark"], run["tags"], run["notes"]) for run in answer["runs"]] == [
        (True, ["good", "Äpfel"], "*so far*")
    ] * 2
    answer = edit(api, range(1), title="Best", removeTags=["good"])
    assert [(run["title"], run["tags"]) for run in answer["runs"]] == [("Best", ["Äpfel"])]
    listed = {edge["node"]["id"]: edge["node"]["tags"] for edge in api.ask(LIST)["runs"]["edges"]}
    assert listed == {run_id(0): ["Äpfel"], run_id(1): ["good", "Äpfel"], run_id(2): []}


def test_an_archived_run_says_so(api: Api, store: Path) -> None:
    record_some(store)
    assert [run["archived"] for run in edit(api, range(2), archived=True)["runs"]] == [True, True]
    assert [run["archived"] for run in edit(api, range(1), archived=False)["runs"]] == [False]
    assert [edge["node"]["id"] for edge in api.ask(LIST)["runs"]["edges"]] == [run_id(2), run_id(0)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": "Both"}, "A title can be given to one run, not to 2 at once."),
        ({"addTags": ["a\tb"]}, "The tag has a control character, such as a line break or a tab."),
        ({"addTags": [""]}, "The tag has no characters; it needs one at least."),
        ({"addTags": ["x"] * 1001}, "At most 1,000 tags can be changed at once, not 1,001."),
        ({"notes": "x" * 100_001}, "The notes have 100,001 characters; up to 100,000 can be kept."),
    ],
)
def test_an_edit_that_cannot_be_kept_says_why(api: Api, store: Path, said: dict[str, Any], why: str) -> None:
    record_some(store)
    assert edit(api, range(2), **said) == {"errorMessage": why}


def test_more_runs_than_an_edit_can_name_are_refused(api: Api) -> None:
    assert "At most 10,000 runs" in api.refusal(EDIT, ids=["x"] * 10_001, edit={"bookmark": True})


def test_tags_of_a_page_are_a_fixed_number_of_queries(api: Api, store: Path) -> None:
    record_some(store, 20)
    edit(api, range(20), addTags=["a"])
    statements: list[str] = []
    event.listen(api.services.repository._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    api.ask(LIST)
    assert len([text for text in statements if "run_tags" in text]) == 1


def test_tags_come_with_their_uses(api: Api, store: Path) -> None:
    record_some(store)
    edit(api, range(2), addTags=["often", "seldom"])
    edit(api, range(1), removeTags=["seldom"])
    edit(api, range(2, 3), addTags=["often"])
    assert api.ask("{ tags { tag runs } }") == {"tags": [{"tag": "often", "runs": 3}, {"tag": "seldom", "runs": 1}]}


def test_a_direction_is_guessed_set_and_forgotten(api: Api, store: Path) -> None:
    record_some(store)
    assert [(column["direction"], column["directionIsSet"]) for column in api.ask(DIRECTIONS)["metricColumns"]] == [
        ("HIGHER", False),
        ("LOWER", False),
        (None, False),
    ]
    answer = api.ask(DIRECT, metric="scores.mae", direction="HIGHER")["setMetricDirection"]
    assert answer == {"metric": "scores.mae", "direction": "HIGHER", "directionIsSet": True}
    api.ask(DIRECT, metric="scores.size", direction="LOWER")
    assert [(column["direction"], column["directionIsSet"]) for column in api.ask(DIRECTIONS)["metricColumns"]] == [
        ("HIGHER", False),
        ("HIGHER", True),
        ("LOWER", True),
    ]
    answer = api.ask(DIRECT, metric="scores.mae", direction=None)["setMetricDirection"]
    assert answer == {"metric": "scores.mae", "direction": "LOWER", "directionIsSet": False}
    assert api.services.repository.directions.effective() == {
        ("scores", "r2_score"): MetricDirection.HIGHER,
        ("scores", "mae"): MetricDirection.LOWER,
        ("scores", "size"): MetricDirection.LOWER,
    }


def test_an_unknown_metric_has_no_direction(api: Api, store: Path) -> None:
    record_some(store)
    answer = api.ask(DIRECT, metric="scores.none", direction="LOWER")["setMetricDirection"]
    assert answer == {"errorMessage": "No run has the metric 'scores.none'."}


def test_views_are_saved_changed_and_deleted(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEDRO_SQLITE_STORE_USERNAME", "ada")
    state = {"q": "metrics.scores.mae < 3", "sort": ["-started"], "compare": None}
    view = api.ask(SAVE, name=" Best ", state=state)["saveView"]["view"]
    assert (view["name"], view["state"], view["createdBy"], view["updatedBy"]) == ("Best", state, "ada", "ada")
    other = api.ask(SAVE, name="all", state={})["saveView"]["view"]
    monkeypatch.setenv("KEDRO_SQLITE_STORE_USERNAME", "grace")
    changed = api.ask(SAVE, id=view["id"], name="The best", state={"q": ""})["saveView"]["view"]
    assert (changed["id"], changed["createdBy"], changed["updatedBy"]) == (view["id"], "ada", "grace")
    assert api.ask(VIEWS)["savedViews"] == [
        {"id": other["id"], "name": "all", "state": {}},
        {"id": view["id"], "name": "The best", "state": {"q": ""}},
    ]
    assert api.ask(DELETE, id=other["id"]) == {"deleteView": {"id": other["id"]}}
    assert [each["name"] for each in api.ask(VIEWS)["savedViews"]] == ["The best"]
    gone = {"errorMessage": "There is no such view any more: somebody may have deleted it."}
    assert api.ask(DELETE, id=other["id"])["deleteView"] == gone
    assert api.ask(SAVE, id=other["id"], name="again", state={})["saveView"] == gone


@pytest.mark.parametrize(
    ("name", "state", "why"),
    [
        ("", {}, "The name has no characters"),
        ("x" * 101, {}, "The name has 101 characters; up to 100"),
        ("a\nb", {}, "control character"),
        ("a list", ["q"], "must be a JSON object"),
        ("a text", "q", "must be a JSON object"),
        ("nothing", 1, "must be a JSON object"),
        ("large", {"q": "x" * 20_000}, "The view takes 20,008 bytes; up to 20,000"),
    ],
)
def test_views_that_cannot_be_kept_say_why(api: Api, name: str, state: object, why: str) -> None:
    assert why in api.ask(SAVE, name=name, state=state)["saveView"]["errorMessage"]
    assert api.ask(VIEWS) == {"savedViews": []}


def test_a_deep_view_does_not_fail_the_request(api: Api) -> None:
    state: object = {}
    for _ in range(150):
        state = {"a": state}
    assert api.ask(SAVE, name="deep", state=state)["saveView"]["view"]["name"] == "deep"


def test_views_end_somewhere(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.store.editing.saved_views.MAX_VIEWS", 2)
    for name in ("one", "two"):
        api.ask(SAVE, name=name, state={})
    refused = api.ask(SAVE, name="three", state={})["saveView"]
    assert refused == {"errorMessage": "Up to 2 views can be kept. Delete one that nobody needs."}
    (one, _) = api.ask(VIEWS)["savedViews"]
    assert api.ask(SAVE, id=one["id"], name="first", state={})["saveView"]["view"]["name"] == "first"
    api.ask(DELETE, id=one["id"])
    assert api.ask(SAVE, name="three", state={})["saveView"]["view"]["name"] == "three"


def test_a_read_only_store_keeps_nothing(tmp_path: Path) -> None:
    # A folder where the file should be: nothing can be written there.
    (tmp_path / "session_store.db").mkdir()
    with opened(project_of(tmp_path, store=tmp_path / "session_store.db")) as api:
        for query, name, values in (
            (EDIT, "editRuns", {"ids": [], "edit": {"bookmark": True}}),
            (DIRECT, "setMetricDirection", {"metric": "a.b", "direction": "LOWER"}),
            (SAVE, "saveView", {"name": "x", "state": {}}),
            (DELETE, "deleteView", {"id": "x"}),
        ):
            answer = api.ask(query, **values)[name]
            assert answer == {"errorMessage": "The session store is read-only: the change was not saved."}
