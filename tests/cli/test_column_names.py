"""`--columns` and `--sort` take any name that a metric or a parameter can have."""

from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.cli.runs.column_names import column_names
from kedro_viz.store.query.language.tokens import printable
from kedro_viz.tracking.metric_id import quoted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        (" , ,", []),
        ("id", ["id"]),
        ("id, -started ,git.branch", ["id", "-started", "git.branch"]),
        ("metrics.m.f1 score", ["metrics.m.f1 score"]),
        ("params.it's,id", ["params.it's", "id"]),
        ("metrics.m.recall@10,params.größe", ["metrics.m.recall@10", "params.größe"]),
        ("params.a[0],params.b]", ["params.a[0]", "params.b]"]),
        ('params.the "best"', ['params.the "best"']),
        ('"metrics.m.precision, weighted"', ["metrics.m.precision, weighted"]),
        ("'metrics.m.a, b',id", ["metrics.m.a, b", "id"]),
        ('metrics["m.precision, weighted"]', ["metrics.m.precision, weighted"]),
        ("-metrics['m.a, b'],id", ["-metrics.m.a, b", "id"]),
        ('params[ "a" ] , id', ["params.a", "id"]),
        (r'params["a \"quoted\", \\ name"]', [r'params.a "quoted", \ name']),
        ('-"params.-x"', ["-params.-x"]),
    ],
)
def test_names_are_separated_by_commas_outside_of_quotes(text: str, names: list[str]) -> None:
    assert column_names(text) == names


@pytest.mark.parametrize(
    "text",
    ['"metrics.m.a, b', "id,'x", 'metrics["m.a', 'metrics["m.a, b", id', 'metrics["m.a"]x', '"id"started', "params[x]"],
)
def test_a_list_that_is_not_whole_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(click.ClickException, match=r'metrics\["precision, weighted"\]'):
        column_names(text)


@given(st.lists(st.tuples(st.booleans(), st.text(min_size=1).map(printable)), min_size=1, max_size=4))
def test_every_name_in_brackets_is_read_back(entries: list[tuple[bool, str]]) -> None:
    text = ",".join(f"{'-' if descending else ''}metrics[{quoted(name)}]" for descending, name in entries)
    assert column_names(text) == [f"{'-' if descending else ''}metrics.{name}" for descending, name in entries]
