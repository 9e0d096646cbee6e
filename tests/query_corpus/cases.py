"""The queries of the corpus: those of the Python tests, and what a small grammar makes of all fields and operators."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from tests.store.query.language.test_errors import MISTAKES
from tests.store.query.test_expressions import EXPRESSIONS

WORDS = (
    *(
        "",
        "   ",
        "shuttle",
        "SHUTTLE flies",
        '"shuttle flies"',
        "ada main",
        "kedro",
        "seed=3",
        "params.seed=3",
        "seed=3.0",
    ),
    *("kind=Forest", 'kind="Forest"', "flag=true", "cars", "engines", "100%", "a_b", "baseline", "nothing at all"),
    *("linear and ridge", "title", '"a > b"', "O'Hara's best", "(draft)", "naïve", "NAÏVE", "big=9007199254740993"),
    *("params.seed = x", "é", "x = 5", "None", "test_size=0.20", "model_options.test_size=2e-1", "T00.02", "abc123"),
)

_TEXT_FIELDS = (
    "author",
    "title",
    "git.branch",
    "notes",
    "project",
    "params.kind",
    "json.data.columns.name",
    "error.type",
)
_TEXTS = ('"ada"', "'main'", '"Forest"', '""', '"naïve"', r'"a\"b"', r'"\u00e9 \"x\" \\"', '"Best of shuttles"')
_NUMBER_FIELDS = (
    *(
        "duration",
        "metrics.evaluate.r2_score",
        'metrics["q"]["x.y"]',
        "params.seed",
        "params.big",
        "metrics.evaluate.big",
    ),
    *("series.loss.last", "json.data.columns.rows", "params.model_options.test_size"),
)
_NUMBERS = ("0.5", "-1", "60", "9007199254740993", "1e300", "3")
_FLAG_FIELDS = ("bookmarked", "archived", "git.dirty", "params.flag", "json.data.columns.deep.ok")
_TIME_FIELDS = ("started", "ended")
_TIMES = (
    '"yesterday"',
    '"2 hours ago"',
    '"2024-05"',
    '"last month"',
    '"2024-05-15 11:00"',
    '"1 year ago"',
    '"2024-05-15T09:00Z"',
)
_ANY_FIELDS = (
    *_TEXT_FIELDS[:3],
    *_NUMBER_FIELDS[:2],
    "started",
    "tags",
    "nodes",
    "params.seed",
    "params.odd",
    "bookmarked",
)
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")

COMPLETIONS = (
    *("|", "st|", "git.|", "BRAN|", "r2|", "not boo|", "bookmarked and kin|", "(tit| or x", "lo|", "metrics.ev|"),
    *('metrics["ev|', 'metrics["ev|"] > 1', "duration |", "author |", "author i|", "tags |", "git.dirty |", '"x" |'),
    *(
        "author is |",
        "author is not |",
        "author == |",
        'author == "a|',
        'author == "ad|" and x',
        "author in |",
        "x = |",
    ),
    *('author in ["ada", |', "status != f|", "params.seed > |", 'params["odd name"] == |', "nodes |", 'nodes in ["|'),
    *("started > |", "started > yes|", '"x" in n|', 'author == "ada" |', "1 < params.seed |", "metrics.ev|al.x > 1"),
    *(
        "author == 1 and |",
        "nope == 1 and |",
        "(nope == 1) |",
        "author not |",
        "not |",
        "(|",
        "author in (|",
        "author = |",
    ),
    *(
        "author == ada |",
        "linear |",
        "duration > 1 and (author == |",
        "status in [|]",
        "1 < |",
        "started >= |",
        "params.|",
    ),
    *(
        'author.startswith("|',
        "series.|",
        "json.|",
        "in|",
        "author == title |",
        "bookmarked or |",
        "metrics.evaluate.r2_score <|",
    ),
)


def queries() -> list[str]:
    """All queries, each once, in an order that stays."""
    return list(
        dict.fromkeys([*WORDS, *(query for query, _ in EXPRESSIONS), *(text for text, _, _ in MISTAKES), *_made()])
    )


def _made() -> Iterator[str]:
    for field, value, sign in itertools.product(_TEXT_FIELDS, _TEXTS[:3], ("==", "!=", ">=")):
        yield f"{field} {sign} {value}"
    for field, value in zip(itertools.cycle(_TEXT_FIELDS), _TEXTS, strict=False):
        yield from (f"{value} in {field}", f"{value} not in {field}", f"not {value} in {field}")
        yield from (f"{field} in [{value}, 'x']", f"{field} not in ({value}, 1)", f"{field}.startswith({value})")
    for field, value in itertools.product(_NUMBER_FIELDS, _NUMBERS):
        sign = _COMPARISONS[(len(field) + len(value)) % len(_COMPARISONS)]
        yield from (f"{field} {sign} {value}", f"not {field} {sign} {value}")
    for field in _NUMBER_FIELDS:
        yield from (f"0 <= {field} < 100", f"{field} in [3, 0.5, 9007199254740993]", f"{value_of(field)} > 1")
    for field in _FLAG_FIELDS:
        yield from (field, f"not {field}", f"{field} == True", f"{field} != false", f"{field} in [True, 1]")
    for field, value, sign in itertools.product(_TIME_FIELDS, _TIMES, ("==", "<", ">=")):
        yield f"{field} {sign} {value}"
    for field in _ANY_FIELDS:
        yield from (f"{field} is None", f"{field} is not None", f"{field} == None", f"{field} == 'ada'", f"{field} > 0")
    for left, right in itertools.pairwise(_NUMBER_FIELDS):
        yield from (f"{left} < {right}", f"{left} != {right}", f"{left} == {left}")
    for one, two in itertools.pairwise(
        ("bookmarked", 'author == "ada"', "duration > 60", '"x" in tags', "params.seed")
    ):
        yield from (f"{one} and {two}", f"{one} or not {two}", f"not ({one} or {two})")
    yield from ('status in ["failed", "lost"]', 'git.branch in ["main", "dev"]', 'author in ["Zoë", "naïve"]')
    yield from ('author == "ada" or bookmarked and archived', '(author == "ada" or bookmarked) and archived')


def value_of(field: str) -> str:
    """A field in brackets, which mean nothing."""
    return f"({field})"
