"""Help with queries over HTTP: what is wrong with them, what can come next, and where."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.tracking.events import NodeStarted, SeriesLogged
from kedro_viz.tracking.parameters import flatten_parameters
from tests.api.serving import Api, record, run_events, run_id

HELP = """
  query ($text: String!, $position: Int!) { queryHelp(text: $text, position: $position) {
    isExpression problem { message start end } suggestions { text label kind detail start end }
  } }
"""
RUNS = "query ($search: String) { runs(search: $search) { totalCount } }"


@pytest.fixture
def store(store: Path) -> Path:
    for number, author in enumerate(["ada", "Bob O'Hara", "Bob O'Hara"]):
        parameters = flatten_parameters({"seed": number, "model": {"kind": "ridge"}, "with space": True})
        record(
            store,
            *run_events(
                run_id(number),
                author=author,
                metrics={"r2_score": 1, "a-b": 2},
                parameters=parameters,
                document='{"rows": 3, "of": {"name": "x"}}',
            ),
            SeriesLogged(run_id(number), "loss", "a", [0], [1], [1]),
            NodeStarted(run_id(number), "split", 1),
        )
    return store


def help_at(api: Api, text: str) -> Any:
    """Help where `|` stands in a text."""
    return api.ask(HELP, text=text.replace("|", ""), position=text.index("|"))["queryHelp"]


def completed(api: Api, text: str) -> list[str]:
    """The whole text after each suggestion."""
    plain = text.replace("|", "")
    found = help_at(api, text)["suggestions"]
    return [f"{plain[: each['start']]}{each['text']}{plain[each['end'] :]}" for each in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # Names.
        ("st|", ["status ", "started "]),
        ("git.|", ["git.branch ", "git.sha ", "git.dirty ", "git.remote "]),
        ("BRAN|", ["git.branch "]),
        ("r2|", ["metrics.scores.r2_score "]),
        ("not boo|", ["not bookmarked "]),
        ("bookmarked and kin|", ["bookmarked and params.model.kind "]),
        ("(tit| or x", ["(title  or x"]),
        ("ro|", ["json.columns.rows "]),
        ("lo|", ["series.loss.last ", "series.loss.min ", "series.loss.max "]),
        # Names that Python would not take.
        ("metrics.scores.a|", ['metrics["scores.a-b"] ']),
        ('metrics["a-|', ['metrics["scores.a-b"] ']),
        ('metrics["a-|"] > 1', ['metrics["scores.a-b"]  > 1']),
        ("with|", ['params["with space"] ']),
        # Operators that fit.
        ("duration |", ["duration > ", "duration >= ", "duration < ", "duration <= ", "duration == ", "duration != "]),
        ("author |", ["author == ", "author != ", "author in ", "author not in ", "author is None "]),
        ("author i|", ["author in ", "author is None ", "author is not None ", "author not in "]),
        ("tags |", ["tags in ", "tags not in "]),
        ("git.dirty |", ["git.dirty and ", "git.dirty or "]),
        ('"x" |', ['"x" in ', '"x" not in ']),
        ("author is |", ["author is None ", "author is not None "]),
        # Values that runs have; the most used first.
        ("author == |", ['author == "Bob O\'Hara"', 'author == "ada"']),
        ('author == "a|', ['author == "ada"', 'author == "Bob O\'Hara"']),
        ('author == "ad|" and x', ['author == "ada" and x']),
        ("author in |", ['author in ["Bob O\'Hara"]', 'author in ["ada"]']),
        ('author in ["ada", |', ['author in ["ada", "Bob O\'Hara"', 'author in ["ada", "ada"']),
        ("status != f|", ['status != "failed"']),
        ("params.seed > |", ["params.seed > 0", "params.seed > 1", "params.seed > 2"]),
        ('params["with space"] == |', ['params["with space"] == True']),
        ("nodes |", ["nodes in "]),
        ('nodes in ["|', ['nodes in ["split"']),
        ("started > |", ['started > "today"', 'started > "yesterday"']),
        ("started > yes|", ['started > "yesterday"']),
        ('"x" in n|', ['"x" in notes ']),
        # What joins conditions.
        ('author == "ada" |', ['author == "ada" and ', 'author == "ada" or ']),
        ("1 < params.seed |", ["1 < params.seed and ", "1 < params.seed or "]),
        # In the middle of a name, all of it is replaced.
        ("metrics.sc|ores > 1", ["metrics.scores.r2_score  > 1"]),
    ],
)
def test_what_can_come_next(api: Api, store: Path, text: str, first: list[str]) -> None:
    assert completed(api, text)[: len(first)] == first


@pytest.mark.parametrize("text", ["linear |", "linear re|", "author == ada |", "x = |"])
def test_where_nothing_fits_nothing_is_suggested(api: Api, store: Path, text: str) -> None:
    assert [each for each in completed(api, text) if "ada" not in each] == []


def test_suggestions_say_what_they_are(api: Api, store: Path) -> None:
    found = {each["label"]: each for each in help_at(api, "|")["suggestions"]}
    kinds = {label: (each["kind"], each["detail"]) for label, each in found.items()}
    assert kinds["git.branch"] == ("FIELD", "Git branch")
    assert kinds["metrics.scores.r2_score"] == ("METRIC", "Metric")
    assert kinds["params.seed"] == ("PARAMETER", "Parameter")
    assert kinds["series.loss.last"] == ("FIELD", "Series")
    assert kinds["json.columns.of.name"] == ("FIELD", "Tracked JSON")
    assert {each["kind"] for each in help_at(api, "started > |")["suggestions"]} == {"TIME"}
    assert {each["kind"] for each in help_at(api, "author == |")["suggestions"]} == {"VALUE"}


@pytest.mark.parametrize("text", ["🎉 author == x", '"🎉é" in titl and "𐍈" in title', '\n\n"é" in \n titl'])
def test_places_are_counted_in_characters(api: Api, store: Path, text: str) -> None:
    problem = help_at(api, f"{text}|")["problem"]
    wrong = text[problem["start"] : problem["end"]]
    assert wrong in ("🎉", "titl", "x")
    # The list tells of the same place.
    (error,) = api.answer(RUNS, search=text)["errors"]
    assert error["extensions"] == {"query": {"start": problem["start"], "end": problem["end"]}}


@pytest.mark.parametrize(
    ("text", "message", "wrong"),
    [
        ("r2_score > 1", "There is no field 'r2_score'. Did you mean metrics.scores.r2_score", "r2_score"),
        ("r2 > ", "There is no field 'r2'. Did you mean metrics.scores.r2_score", "r2"),
        ("seed == 1", "There is no field 'seed'. Did you mean params.seed", "seed"),
        (
            "metrics.scores.r3_score > 1",
            "No run has the metric 'scores.r3_score'. Did you mean metrics.scores.r2_score",
            "",
        ),
        (
            'bookmarked or params["sed"] == 1',
            "No run has the parameter 'sed'. Did you mean params.seed",
            'params["sed"]',
        ),
        ("params.zzz is None", "No run has the parameter 'zzz'.", "params.zzz"),
    ],
)
def test_names_that_nothing_has_are_told_with_near_ones(
    api: Api, store: Path, text: str, message: str, wrong: str
) -> None:
    problem = help_at(api, f"{text}|")["problem"]
    assert problem["message"].startswith(message)
    assert text[problem["start"] : problem["end"]] == wrong or not wrong


def test_a_metric_that_no_run_has_is_no_error_of_the_list(api: Api, store: Path) -> None:
    assert api.ask(RUNS, search="metrics.scores.r3_score > 1") == {"runs": {"totalCount": 0}}


def test_words_have_no_problem(api: Api, store: Path) -> None:
    found = help_at(api, "ridge and linear|")
    assert (found["isExpression"], found["problem"]) == (False, None)


def test_a_query_as_long_as_a_book_is_told_so(api: Api, store: Path) -> None:
    found = help_at(api, f"{'x' * 5_000}|")
    assert found["problem"]["message"] == "The query has 5,000 characters; up to 4,000 can be asked."
    assert found["suggestions"] == []


@pytest.mark.parametrize("position", [-5, 0, 3, 10_000, 2**31 - 1])
def test_a_place_outside_of_the_text_is_at_its_end(api: Api, store: Path, position: int) -> None:
    assert json.dumps(api.ask(HELP, text="status == ", position=position))


def test_what_is_no_text_in_a_column_of_texts_is_not_suggested(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1), author="ada"), *run_events(run_id(2)))
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE runs SET author = x'00ff' WHERE id = ?", (run_id(2),))
        connection.commit()
    text = "author == "
    found = api.ask("query ($t: String!) { queryHelp(text: $t, position: 10) { suggestions { text } } }", t=text)
    assert [
        each["text"] for each in found["queryHelp"]["suggestions"] if "x" in each["text"] or "ad" in each["text"]
    ] == ['"ada"']
