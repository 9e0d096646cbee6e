"""What is said of queries that cannot be understood, and of which part of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import pytest

from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.language.fields import near_names
from kedro_viz.store.query.language.query import is_expression, parse_query

MISTAKES: list[tuple[str, str, str]] = [
    # Names.
    ("r2 > ", "There is no field 'r2'. A text stands in quotes: \"r2\".", "r2"),
    ("statu == 1", "There is no field 'statu'. Did you mean status or started?", "statu"),
    ("git.brunch == 'x'", "There is no field 'git.brunch'. Did you mean git.branch?", "git.brunch"),
    ("status == failed", "There is no field 'failed'. A text stands in quotes: \"failed\".", "failed"),
    ('"x" in titel', "There is no field 'titel'. Did you mean title?", "titel"),
    ("git. == 1", "A name is missing after 'git.'.", "git."),
    ('metrics[""] > 1', "A name is missing after 'metrics', as in metrics[\"evaluate.r2_score\"].", 'metrics[""]'),
    ("metrics[1] > 1", 'Write the name in quotes: ["…"].', "1"),
    ("metrics.a.3 > 1", 'Write the name in brackets and quotes: metrics["a.3"].', "metrics.a.3"),
    ("series.loss < 1", 'Write which value of the series: .last, .min or .max, as in series["loss"].last.', ""),
    ("json.a == 1", "Write the dataset and the way to one of its values, as in", "json.a"),
    (r'json["a.b\"c"] == 1', "A key with a quote, a backslash or a control character cannot be asked for.", ""),
    # What is missing.
    ("metrics.a.b > ", "A value is missing after '>'.", ">"),
    ('author == "ada" and', "A condition is missing after 'and'.", "and"),
    ("author in", "A value is missing after 'in'.", "in"),
    ("metrics.a.", "A name is missing after 'metrics.a.'.", "metrics.a."),
    ('author == "ada', 'The closing " is missing.', '"ada'),
    ("('x' in title", "The closing ) is missing.", "("),
    ("'x' in title)", "This ) closes no bracket.", ")"),
    ("metrics.a.b", "metrics.a.b is a number. Say what it is compared with", "metrics.a.b"),
    ("> 1", "'>' cannot stand here.", ">"),
    # What Python or SQL write in another way.
    ('author = "ada"', "Write == to compare.", "="),
    ('"x" in title && bookmarked', "Write and.", "&&"),
    ('"x" in title AND bookmarked', "Write and in small letters.", "AND"),
    ('author <> "ada"', "Write != for different.", "<>"),
    ('"x" in title "y" in notes', "'\"y\"' cannot stand here. Conditions are joined by and, or; texts", '"y"'),
    ("duration > 1 # 5", "'#' cannot stand here.", "#"),
    ("duration > 5min", 'Write a text in quotes: "5min".', "5min"),
    ("params.a == 0x1F", 'Write a text in quotes: "0x1F".', "0x1F"),
    ("author == f'x'", 'Write nothing before the quotes of a text: "…".', "f'"),
    ("author == “ada”", 'Write straight quotes: "…".', "“"),
    ("Not bookmarked and duration > 1", "Write not in small letters.", "Not"),
    ("(duration > 1] and bookmarked", "']' cannot stand here.", "]"),
    ("author in [] and (", "A condition is missing after '('.", "("),
    ("author not == 'x'", "'==' cannot stand here.", "=="),
    ("(1, 2) == duration", "A list can stand after `in` only.", "(1, 2)"),
    ("duration > 1 and )", "This ) closes no bracket.", ")"),
    ("duration > 1 and () or bookmarked", "A condition is missing after '('.", "("),
    # Kinds that do not fit.
    ('metrics.a.b > "0.8"', "metrics.a.b is a number. Write a number.", '"0.8"'),
    ("author == 5", 'author is a text. Write it in quotes: "5".', "5"),
    ("git.dirty == 'x'", "git.dirty is yes or no. Write True or False.", "'x'"),
    ("git.dirty > True", "Yes and no are compared with == or != only.", "True"),
    ("tags == 'x'", 'tags is a set of texts. Ask for one of them: "x" in tags.', "'x'"),
    ("'x' in duration", "duration is a number, in which nothing can be. Compare it with ==, <, >.", "duration"),
    ("author in title", 'A value stands before `in title`. Texts stand in quotes: "author".', "author"),
    ("5 in params.a and 5 in title", 'title holds texts. Write it in quotes: "5".', "5"),
    ("author > None", "What runs lack is asked for by `is None` and `is not None`.", "None"),
    ("status is 'failed'", "Only None stands after `is`. Write == to compare.", "'failed'"),
    ("duration.startswith('x')", "duration is a number, and no text.", "duration"),
    ("author.startswith(5)", 'Write a text in quotes: "…".', "5"),
    ("started > duration", "started is a time, and duration is a number.", "started > duration"),
    ("started > params.a", "Only times can be compared with started.", "started > params.a"),
    ('"a" == "b"', "Neither side is something that runs have.", '"a" == "b"'),
    ("author in ['x', title]", "A list holds values. Texts stand in quotes.", "title"),
    ("author == ['x']", "A list can stand after `in` only.", "['x']"),
    ("author in 'xyz'", "A list such as [1, 2], or a field that holds text, stands after `in`.", "'xyz'"),
    # Values that there are not.
    ("status == 'faild'", 'There is no status "faild". Did you mean "failed"? Statuses are running', "'faild'"),
    ("status in ['lost', 'x']", 'There is no status "x". Statuses are running, succeeded', "'x'"),
    ("started > 'soon'", '"soon" is no time. Write one such as "today", "yesterday", "2 hours ago"', "'soon'"),
    ("started > '2024-13-01'", '"2024-13-01" is no time.', "'2024-13-01'"),
    ("started > '99999999 years ago'", '"99999999 years ago" is no time.', "'99999999 years ago'"),
    ("started > 5", "started is a time. Write one such as", "5"),
    (
        "duration > 'long'",
        '"long" is no duration. Write seconds, or a text such as "90 s" or "1h 30min".',
        "'long'",
    ),
    # What has no place in a query.
    ("metrics.a.b + 1 > 2", "A query does not calculate.", "metrics.a.b + 1"),
    ("open('x') == 1", 'A query calls nothing but .startswith("…") and .endswith("…").', "open"),
    ("author.upper() == 'X'", 'A query calls nothing but .startswith("…") and', "author.upper"),
    ("(duration > 1) == True", "This has no place in a query.", "(duration > 1)"),
    ("author.startswith('a') == True", "This has no place in a query.", "author.startswith('a')"),
    ("author.startswith('a', 'b')", 'Write one text in the brackets: .startswith("…").', ""),
    ("[x for x in title] == 1", "", ""),
    ("(lambda: 1) == author", "", ""),
    ("author == b'x'", "", ""),
    # Too much.
    ("not " * 21 + "bookmarked", "The query is nested too deep; up to 20 levels can be asked.", "not"),
    ("duration > 1 and " * 50 + "duration > 1", "The query has more than 50 conditions", ">"),
    ("duration in [" + "1, " * 500 + "1]", "A list can have up to 500 values, not 501.", ""),
    ("x" * 4_001, "The query has 4,001 characters; up to 4,000 can be asked.", "x"),
]


@pytest.mark.parametrize(("query", "message", "wrong"), MISTAKES)
def test_an_error_says_what_is_wrong_and_where(query: str, message: str, wrong: str) -> None:
    with pytest.raises(FilterError) as error:
        parse_query(query)
    assert error.value.message.startswith(message)
    assert 0 <= error.value.start < error.value.end <= len(query)
    assert not wrong or query[error.value.start : error.value.end] == wrong


@pytest.mark.parametrize("before", ["", "  \n", '"🎉é" in title and\n', "('ﬁ' in notes or\t"])
def test_places_are_characters_of_what_was_typed(before: str) -> None:
    query = f"{before}durée > 5"
    with pytest.raises(FilterError) as error:
        parse_query(query)
    assert query[error.value.start : error.value.end] in ("durée", "(")


@pytest.mark.parametrize(
    "text",
    [
        "duration > 5",
        "1 < x",
        "a==b",
        '"shuttle" in notes',
        "'x' not in title",
        "author in",
        "author is None",
        "author not in []",
        "bookmarked",
        "not bookmarked",
        "git.dirty and not (archived)",
        "params.flag",
        "not params.flag",
        "metrics.scores",
        'metrics["',
        'not json["a.b"]',
        "author.startswith(",
        'author = "ada"',
        "2 in params.layers",
        "true in json.a.b",
    ],
)
def test_what_compares_is_an_expression(text: str) -> None:
    assert is_expression(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "linear",
        "linear and ridge",
        "not found",
        "title",
        "notes not written",
        "shuttle in notes",
        '"random forest"',
        '"a > b"',
        "'status == x'",
        "seed=7",
        "params.seed=7",
        "model.kind=forest author=ada",
        "O'Hara's best",
        "2024-05-01T12.30",
        "a1b2c3d",
        "kedro run --pipeline x",
        "100%",
        "metrics",
        "(draft)",
        "x = 5",
        "3 in a row",
        "None",
        "()",
    ],
)
def test_what_does_not_compare_is_words(text: str) -> None:
    assert not is_expression(text)
    assert not parse_query(text).is_expression


def test_of_very_many_names_those_nearly_as_long_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    original = difflib.get_close_matches

    def counted(word: str, names: Iterable[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(known := list(names)))
        return original(word, known, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    names = [f"{'x' * 60}.{number}" for number in range(9_000)]
    assert near_names("scores.r3", [*names, "Scores.r2"]) == ["Scores.r2"]
    assert compared == [2_000]
