"""What operations cost, and that no client of today is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLObjectType, OperationDefinitionNode, get_introspection_query, parse

from kedro_viz.api.answer_threads import Lane
from kedro_viz.api.field_costs import ALL_RUNS, MAX_COST, SEARCH, cost_in
from kedro_viz.api.query_cost import QueryCost
from kedro_viz.api.schema import schema
from tests.api.serving import Api, record, run_events, run_id
from tests.api.test_kedro_viz_10 import METRIC_PLOT_DATA, RUN_DATA, RUNS_LIST, UPDATE, VERSION

FRONTEND = Path(__file__).parents[2] / "frontend" / "src"
IDS = [run_id(number) for number in range(10_000)]


def cost(query: str, **variables: Any) -> QueryCost:
    return schema.cost_of(parse(query), variables, None)


def core_types() -> dict[str, GraphQLObjectType]:
    found = {name: schema._schema.get_type(name) for name in ("Query", "Mutation", "Run")}
    return {name: each for name, each in found.items() if isinstance(each, GraphQLObjectType)}


def test_each_field_at_the_root_declares_its_cost() -> None:
    types = core_types()
    undeclared = [
        f"{name}.{field}"
        for name in ("Query", "Mutation")
        for field, known in types[name].fields.items()
        if cost_in(known.extensions["strawberry-definition"].metadata) is None
    ]
    assert undeclared == []


def test_each_part_of_a_run_that_is_read_declares_its_cost() -> None:
    undeclared = [
        field
        for field, known in core_types()["Run"].fields.items()
        if known.extensions["strawberry-definition"].base_resolver is not None
        and cost_in(known.extensions["strawberry-definition"].metadata) is None
    ]
    assert undeclared == []


@pytest.mark.parametrize(
    ("query", "variables", "points"),
    [
        ("{ version { installed } }", {}, 1),
        ("{ runsList { id title notes } }", {}, 1 + ALL_RUNS),
        ("{ runsList { id metrics { value } parameters { name } } }", {}, 1 + 3 * ALL_RUNS),
        ("{ a: runsList { id } b: runsList { id } }", {}, 2 + 2 * ALL_RUNS),
        ("{ ...q ...q } fragment q on Query { runsList { id } }", {}, 2 + 2 * ALL_RUNS),
        ("{ ... on Query { runsList { ... on Run { id } ...f } } } fragment f on Run { error { type } }", {}, 50_001),
        ("{ runs { totalCount } }", {}, SEARCH + 50),
        ("{ runs(first: 10) { edges { node { id metrics { id } } } } }", {}, SEARCH + 20),
        ("query q($n: Int!) { runs(first: $n) { totalCount } }", {"n": 1_000}, SEARCH + 1_000),
        ("query q($n: Int = 7) { runs(first: $n) { totalCount } }", {}, SEARCH + 7),
        ("query q($n: Int = 7) { runs(first: $n) { totalCount } }", {"n": -5}, SEARCH),
        ('{ runMetadata(runIds: ["a", "b"]) { id error { type } } }', {}, 1 + 2 * 2),
        ('{ runMetadata(runIds: "a") { id } }', {}, 2),
        ("query q($ids: [ID!]!) { runMetadata(runIds: $ids) { id } }", {"ids": IDS}, 10_001),
        ("{ runMetricsData { data } }", {}, 26),
        ("query q($n: Int) { runMetricsData(limit: $n) { data } }", {}, 26),
        ("query q($n: Int) { runMetricsData(limit: $n) { data } }", {"n": None}, 1 + ALL_RUNS),
        ("{ runMetricsData(limit: null) { data } }", {}, 1 + ALL_RUNS),
        ("{ runMetricsData(limit: 1000000000) { data } }", {}, 1 + ALL_RUNS),
        ("{ unknown { id } }", {}, 0),
        ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", {}, 0),
        ("{ ...none }", {}, 0),
    ],
)
def test_points(query: str, variables: dict[str, Any], points: int) -> None:
    assert cost(query, **variables).total == points


def test_fragments_that_double_are_counted_once() -> None:
    chain = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(200))
    assert cost(f"{{ ...f0 }} {chain}").total == 0


def test_only_the_operation_that_is_asked_for_counts() -> None:
    document = parse("query a { runsList { id } } query b { version { installed } }")
    assert schema.cost_of(document, {}, "b").total == 1


@pytest.mark.parametrize(
    ("query", "lane"),
    [
        ("{ version { installed } project { name } }", Lane.QUICK),
        ('{ run(id: "a") { id metrics { id } series { name } } }', Lane.QUICK),
        ("{ runs { totalCount } }", Lane.USUAL),
        ("{ runsList { id } }", Lane.SLOW),
        ('{ parameterImportance(metric: "a") { runs } version { installed } }', Lane.SLOW),
        ('{ runTrackingData(runIds: ["a"], group: PLOT) { data } }', Lane.FILES),
        ('{ runTrackingData(runIds: ["a"], group: PLOT) { data } runsList { id } }', Lane.SLOW),
        ('mutation { deleteView(id: "a") { __typename } }', Lane.EDITS),
    ],
)
def test_slow_operations_are_kept_from_quick_ones(query: str, lane: Lane) -> None:
    assert cost(query).lane is lane


class TestClientsOfToday:
    """Operations that clients send, at the sizes that they may have."""

    @pytest.mark.parametrize("query", [RUNS_LIST, RUN_DATA, METRIC_PLOT_DATA, UPDATE, VERSION])
    def test_those_of_kedro_viz_10_are_answered(self, query: str) -> None:
        assert cost(query, runIds=IDS, limit=100_000).problem is None

    def test_tools_read_the_schema(self) -> None:
        assert cost(get_introspection_query()).total == 0

    def test_those_of_the_app_are_answered(self) -> None:
        texts = "\n".join(
            text
            for file in sorted(FRONTEND.rglob("*.ts*"))
            if ".test." not in file.name and "generated" not in file.parts
            for text in re.findall(r"graphql\(`(.*?)`\)", file.read_text(), re.DOTALL)
        )
        document = parse(texts)
        names = [
            each.name.value for each in document.definitions if isinstance(each, OperationDefinitionNode) and each.name
        ]
        assert len(names) > 30
        # More runs than a comparison has room for, and the largest page.
        variables = {"runIds": IDS, "first": 1_000}
        problems = {name: schema.cost_of(document, variables, name).problem for name in names}
        assert {name: problem for name, problem in problems.items() if problem is not None} == {}


class TestRefusals:
    """Operations that nobody needs."""

    def test_all_runs_fifty_times(self, api: Api) -> None:
        query = "{ " + " ".join(f"a{n}: runsList {{ id }}" for n in range(50)) + " }"
        assert api.refusal(query) == (
            "The query asks for too much at once: it costs 1,250,050 points, up to 100,000 are answered. Most of them "
            "are of `runsList` (50 times): 1,250,050. Ask in several requests, for fewer runs, or page by page with "
            "`runs`."
        )

    def test_all_of_all_runs(self, api: Api) -> None:
        parts = "metrics { id } parameters { name } nodes { name } trackedJson { data }"
        said = api.refusal(f"{{ runsList {{ {parts} }} version {{ installed }} }}")
        assert "`runsList`: 150,001, `version`: 1" in said

    def test_each_expensive_field_is_bounded(self, api: Api) -> None:
        fields = {
            "runsList": "{ id }",
            "runMetricsData(limit: null)": "{ data }",
            "metricColumns": "{ id }",
            "parameterColumns": "{ name }",
            "tags": "{ tag }",
            'runs(search: "a")': "{ totalCount }",
            'queryHelp(text: "a", position: 1)': "{ __typename }",
            'parameterImportance(metric: "a.b")': "{ runs }",
            "flowchart": "{ state }",
        }
        for field, selection in fields.items():
            query = "{ " + " ".join(f"a{n}: {field} {selection}" for n in range(40)) + " }"
            assert "too much at once" in api.refusal(query), field

    def test_a_few_lists_of_all_runs_are_answered(self, api: Api, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        assert api.ask("{ a: runsList { id } b: runsList { id } c: runsList { id } }")["c"] == [{"id": run_id(1)}]
        assert 3 * ALL_RUNS + 3 < MAX_COST
