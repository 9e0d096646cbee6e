"""Which texts can be the id of a run."""

from __future__ import annotations

import pytest

from kedro_viz.tracking.run_id import is_run_id


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01T12.30.45.678Z",
        "2024-05-01T12:30:45+00:00",
        "8e0c7c1e-3b1f-4f0e-9e55-d6a1f2a4b7c9",
        "1",
        "baseline_2",
        "größe=3,n@7",
        "実験1",
        "x" * 255,
    ],
)
def test_ids_of_kedro_and_of_sessions_of_ones_own_are_accepted(text: str) -> None:
    assert is_run_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        ".hidden",
        "-rf",
        "2026; touch PWNED #",
        "a b",
        "a\n",
        "a\nb",
        "a\x1b[2J",
        "a\0",
        "a\u202eb",
        "a\u2028b",
        "a\ud800",
        "a/b",
        "a\\b",
        "c:evil",
        *(f"a{character}b" for character in "\"'`$&|;<>(){}[]*?!#~%^"),
        "x" * 256,
        "ü" * 128,
        b"bytes",
        7,
        None,
    ],
)
def test_what_could_act_outside_its_place_is_refused(text: object) -> None:
    assert not is_run_id(text)
