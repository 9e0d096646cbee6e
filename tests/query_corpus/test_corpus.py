"""The corpus says what the server's code does today."""

from __future__ import annotations

import json
from pathlib import Path

from tests.query_corpus.corpus import CORPUS, make_corpus


def test_the_corpus_is_what_the_code_does(tmp_path: Path) -> None:
    made = make_corpus(tmp_path / "session_store.db")
    assert made == CORPUS.read_text(encoding="utf-8"), "Run: python -m tests.query_corpus.corpus"


def test_it_has_cases_of_every_kind() -> None:
    corpus = json.loads(CORPUS.read_text(encoding="utf-8"))
    cases = corpus["cases"]
    assert len(cases) >= 400
    assert sum("error" in case for case in cases) >= 50
    assert len({case["query"] for case in cases}) == len(cases)
    nodes = {case["tree"]["node"] for case in cases if "tree" in case}
    assert nodes == {
        "Words",
        "Compare",
        "CompareFields",
        "OneOf",
        "Contains",
        "BeginsOrEnds",
        "IsThere",
        "AllOf",
        "AnyOf",
        "Negation",
    }
    # What finds all runs or none tells little.
    telling = [case for case in cases if 0 < len(case.get("ids", ())) < len(corpus["runs"])]
    assert len(telling) >= 200
