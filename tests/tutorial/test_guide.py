"""The guide in `docs/tutorial.md` tells users what the tests do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tutorial import steps

GUIDE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "block",
    [
        steps.SETTINGS,
        steps.TRACKING_CATALOG,
        steps.EVALUATE_MODEL,
        steps.EVALUATE_MODEL_NODE,
        steps.PREPROCESS_COMPANIES,
        steps.PREPROCESS_COMPANIES_NODE,
        steps.CONFUSION_MATRIX,
        steps.CONFUSION_MATRIX_IMPORT,
        steps.CONFUSION_MATRIX_NODE,
        steps.CONFUSION_MATRIX_CATALOG,
    ],
    ids=lambda block: block.splitlines()[0],
)
def test_guide_has_each_block_of_the_tutorial(block: str) -> None:
    assert block in GUIDE


@pytest.mark.parametrize("lines", sorted(set(steps.NEEDED_TODAY.values())), ids=str.strip)
def test_guide_names_each_line_that_the_printed_tutorial_lacks(lines: str) -> None:
    assert lines in GUIDE
    assert f"**Newer line:** `{lines.strip()}`" in GUIDE
