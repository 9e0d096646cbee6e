"""Why a search by words finds runs, over HTTP."""

from __future__ import annotations

from pathlib import Path

from kedro_viz.tracking.parameters import flatten_parameters
from tests.api.serving import Api, record, run_events, run_id

MATCHES = """
  query ($search: String!, $runIds: [ID!]!) { wordMatches(search: $search, runIds: $runIds) { word field text } }
"""
EDIT = """
  mutation ($runIds: [ID!]!, $edit: RunEdit!) { editRuns(runIds: $runIds, edit: $edit) { __typename } }
"""


def matches(api: Api, search: str, *numbers: int) -> list[list[tuple[str, str, str]]]:
    """Word, field and text of each match, run by run."""
    found = api.ask(MATCHES, search=search, runIds=[run_id(number) for number in numbers])["wordMatches"]
    return [[(match["word"], match["field"], match["text"]) for match in run] for run in found]


def test_each_place_that_people_see_is_told_and_tracked_values_only_where_there_is_none(api: Api, store: Path) -> None:
    record(
        store,
        *run_events(run_id(1), author="crew", document='{"of": {"a \\"b.c\\"": ["x", "The crew"]}, "crew": 1}'),
        *run_events(run_id(2), document='{"of": {"a \\"b.c\\"": ["x", "The crew"]}, "crew": 1}'),
        *run_events(run_id(3), document='{"crew": 1}'),
    )
    edit = {"title": "CREWS", "notes": f"{'a ' * 40}\ncrew{' b' * 60}", "addTags": ["with crew"]}
    api.ask(EDIT, runIds=[run_id(1)], edit=edit)
    first, second, third, unknown = matches(api, "crew", 1, 2, 3, 4)
    assert first[:1] + first[2:] == [
        ("crew", "title", "CREWS"),
        ("crew", "author", "crew"),
        ("crew", "tags", "with crew"),
    ]
    (_, field, text) = first[1]
    assert (field, text[:1], text[-1:]) == ("notes", "…", "…")
    assert "a crew b" in text
    assert len(text) < 100
    assert second == [("crew", 'json.columns.of.a "b.c"', "The crew")]
    assert third == unknown == []


def test_words_are_told_one_by_one_and_values_of_parameters_too(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1), parameters=flatten_parameters({"model": {"depth": 4}})))
    assert matches(api, "main params.model.depth=4.0", 1) == [
        [("main", "git.branch", "main"), ("params.model.depth=4.0", "params.model.depth", "4")]
    ]


def test_of_an_expression_there_is_nothing_to_tell(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    assert matches(api, 'author == "ada"', 1) == [[]]
    assert matches(api, "ada", 1) == [[("ada", "author", "ada")]]
