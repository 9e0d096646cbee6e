"""Pipelines are imported in a process of its own: whatever they do there, the app hears of it and goes on."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.flowchart.model import FlowchartNode, LoadError, NodeKind
from kedro_viz.flowchart.source import FlowchartSnapshot, FlowchartState
from kedro_viz.integrations.kedro.pipelines.pipeline_process import PipelineProcess
from kedro_viz.integrations.kedro.project.project import open_project
from kedro_viz.tracking.dataset_types import TrackingGroup
from kedro_viz.tracking.project import Project
from tests.lifeline import Lifeline
from tests.projects import CATALOG, PARAMETERS, PIPELINE, STORE_SETTINGS, make_project

# Only reached where something hangs that must not.
PATIENCE_SECONDS = 60

EMPTY_REGISTRY = """
from kedro.pipeline import Pipeline, node
{code}

def register_pipelines():
    return {{"__default__": Pipeline([])}}
"""


class Reading:
    """A pipeline process and the snapshots that it told, in order."""

    def __init__(self, process: PipelineProcess) -> None:
        self.process = process
        self._told: queue.Queue[FlowchartSnapshot] = queue.Queue()
        process.on_change(lambda: self._told.put(process.snapshot()))

    def outcome(self) -> FlowchartSnapshot:
        """Wait for the next snapshot that is not LOADING."""
        while (snapshot := self._told.get(timeout=PATIENCE_SECONDS)).state is FlowchartState.LOADING:
            pass
        return snapshot

    def error(self) -> LoadError:
        """Wait for the outcome, which must be a failure."""
        snapshot = self.outcome()
        assert snapshot.state is FlowchartState.FAILED
        assert snapshot.error is not None
        return snapshot.error

    def nodes(self, pipeline: str = "__default__") -> dict[str, FlowchartNode]:
        """Wait for the outcome, which must be flowcharts, and give one's nodes by their names in Kedro."""
        snapshot = self.outcome()
        assert snapshot.error is None, snapshot.error
        return nodes_of(snapshot, pipeline)


def nodes_of(snapshot: FlowchartSnapshot, pipeline: str = "__default__") -> dict[str, FlowchartNode]:
    graph = snapshot.graph_of(pipeline)
    assert graph is not None
    return {node.full_name: node for node in graph.nodes}


# Any: the arguments of PipelineProcess.
Start = Callable[..., Reading]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts reading a project's pipelines, and ends that with the test."""
    with ExitStack() as stack:

        def start(project: Project | Path, **options: Any) -> Reading:
            opened = open_project(project) if isinstance(project, Path) else project
            reading = Reading(PipelineProcess(opened, **options))
            stack.callback(reading.process.close)
            reading.process.reload()
            return reading

        yield start


def test_pipelines_become_flowcharts(tmp_path: Path, start: Start) -> None:
    snapshot = start(make_project(tmp_path)).outcome()

    assert snapshot.state is FlowchartState.READY
    assert [(each.id, each.name) for each in snapshot.pipelines] == [
        ("__default__", "Default"),
        ("data", "Data"),
        ("science", "Science"),
    ]
    graph = snapshot.graph_of("__default__")
    assert graph is not None
    names = {node.id: node.full_name for node in graph.nodes}
    assert {(names[edge.source], names[edge.target]) for edge in graph.edges} == {
        ("params:size", "make_table"),
        ("make_table", "table"),
        ("make_table", "columns"),
        ("table", "score"),
        ("params:model", "score"),
        ("score", "scores"),
    }


def test_tasks_tell_their_code_and_parameters_and_datasets_their_type_and_file(tmp_path: Path, start: Start) -> None:
    nodes = start(make_project(tmp_path, package="told_flowchart")).nodes()

    task, scores, model = nodes["make_table"], nodes["scores"], nodes["params:model"]
    assert (task.kind, task.name, task.tags) == (NodeKind.TASK, "Make Table", ("data",))
    assert task.source_path == "src/told_flowchart/pipeline_registry.py"
    assert task.code is not None
    assert task.code.startswith("def make_table(size):\n    '''Make a table")
    assert task.parameters == {"size": 4}
    assert (scores.kind, scores.group) == (NodeKind.DATA, TrackingGroup.METRIC)
    assert scores.dataset_type == "tracking.metrics_dataset.MetricsDataset"
    assert scores.filepath == "data/09_tracking/scores.json"
    assert (model.kind, model.name, model.parameters) == (NodeKind.PARAMETERS, "Model", {"rate": 0.5})


def test_only_the_pipeline_that_was_asked_for_is_shown(tmp_path: Path, start: Start) -> None:
    snapshot = start(make_project(tmp_path), pipeline="science").outcome()

    assert [each.id for each in snapshot.pipelines] == ["science"]
    assert set(nodes_of(snapshot, "science")) == {"table", "params:model", "score", "scores"}


def test_an_unknown_pipeline_is_told_with_what_may_have_been_meant(tmp_path: Path, start: Start) -> None:
    error = start(make_project(tmp_path), pipeline="sciense").error()

    assert error.message.startswith("There is no pipeline `sciense`. Did you mean `science`?")
    assert "`__default__`, `data`, `science`" in error.message


def test_datasets_that_only_a_pattern_describes_are_added_to_the_projects_catalog(tmp_path: Path, start: Start) -> None:
    catalog = '"{name}s":\n  type: tracking.MetricsDataset\n  filepath: data/{name}.json\n'
    project = open_project(make_project(tmp_path, catalog=catalog))

    nodes = start(project).nodes()

    assert nodes["scores"].filepath == "data/score.json"
    assert nodes["table"].dataset_type == "MemoryDataset"
    assert nodes["table"].filepath is None
    [scores] = [entry for entry in project.catalog.tracked() if entry.name == "scores"]
    assert scores.filepath == (tmp_path / "data/score.json").as_posix()


def test_namespaces_are_told_apart_from_names_with_dots(tmp_path: Path, start: Start) -> None:
    code = """
    from kedro.pipeline import Pipeline, node, pipeline


    def train(table, rate, depth):
        return {}


    def register_pipelines():
        inner = Pipeline([node(train, ["table", "params:rate", "params:tree.depth"], "scores", name="train")])
        first = pipeline(inner, namespace="models.forest", inputs={"table"}, parameters={"params:tree.depth"})
        return {"__default__": first}
    """
    parameters = "models.forest.rate: 0.1\nmodels: {forest: {rate: 0.2}}\ntree: {depth: 3}\n"
    nodes = start(make_project(tmp_path, pipeline_code=code, catalog="", parameters=parameters)).nodes()

    train, scores = nodes["models.forest.train"], nodes["models.forest.scores"]
    assert (train.name, train.namespace) == ("Train", "models.forest")
    assert (scores.name, scores.namespace) == ("Scores", "models.forest")
    assert nodes["table"].namespace is None
    assert (nodes["params:tree.depth"].namespace, nodes["params:tree.depth"].parameters) == (None, 3)
    assert nodes["params:models.forest.rate"].namespace == "models.forest"


def test_a_transcoded_dataset_is_one_node(tmp_path: Path, start: Start) -> None:
    code = """
    from kedro.pipeline import Pipeline, node


    def write(size):
        return size


    def register_pipelines():
        read = node(lambda table: {}, "table@spark", "scores", name="read")
        return {"__default__": Pipeline([node(write, "params:size", "table@pandas", name="write"), read])}
    """
    catalog = """
    table@pandas: {type: pandas.CSVDataset, filepath: data/table.csv}
    table@spark: {type: spark.SparkDataset, filepath: data/table.csv}
    """
    snapshot = start(make_project(tmp_path, pipeline_code=code, catalog=catalog)).outcome()

    nodes = nodes_of(snapshot)
    assert set(nodes) == {"params:size", "write", "table", "read", "scores"}
    assert nodes["table"].dataset_type == "pandas.CSVDataset"


def test_functions_of_all_kinds_tell_what_source_they_have(tmp_path: Path, start: Start) -> None:
    code = """
    import functools
    import math

    from kedro.pipeline import Pipeline, node


    def logged(function):
        @functools.wraps(function)
        def wrapper(*args):
            return function(*args)
        return wrapper


    @logged
    def decorated(a):
        return a


    def with_two(a, b):
        return a


    class Model:
        def __call__(self, a):
            return a

        def fit(self, a):
            return a


    made = {}
    exec("def made(a): return a", made)


    def register_pipelines():
        return {"__default__": Pipeline([
            node(decorated, "a", "b", name="decorated"),
            node(functools.partial(with_two, b=1), "a", "c", name="partial"),
            node(functools.partial(with_two, b=1), "a", "c2"),
            node(lambda a: a, "a", "d", name="lambda"),
            node(math.sqrt, "a", "e", name="in_c"),
            node(Model(), "a", "f", name="callable_object"),
            node(Model().fit, "a", "g", name="method"),
            node(made["made"], "a", "h", name="made"),
        ])}
    """
    nodes = start(make_project(tmp_path, package="all_kinds", pipeline_code=code, catalog="")).nodes()

    def code_of(name: str) -> str:
        return nodes[name].code or ""

    assert code_of("decorated") == "@logged\ndef decorated(a):\n    return a\n"
    assert code_of("partial").startswith("def with_two(a, b):")
    assert "lambda a: a" in code_of("lambda")
    assert code_of("callable_object").startswith("class Model:")
    assert code_of("method").startswith("def fit(self, a):")
    assert (nodes["in_c"].code, nodes["in_c"].source_path) == (None, None)
    assert nodes["made"].code is None
    assert nodes["method"].source_path == "src/all_kinds/pipeline_registry.py"
    assert "With Two" in {node.name for node in nodes.values()}


def test_a_function_without_end_is_cut(tmp_path: Path, start: Start) -> None:
    lines = "\n".join(f"    x{n} = {n}" for n in range(10_000))
    code = (
        f"from kedro.pipeline import Pipeline, node\n\ndef long(a):\n{lines}\n    return a\n\n"
        'def register_pipelines():\n    return {"__default__": Pipeline([node(long, "a", "b", name="long")])}\n'
    )
    code_shown = start(make_project(tmp_path, pipeline_code=code, catalog="")).nodes()["long"].code

    assert code_shown is not None
    assert len(code_shown.encode()) <= 50_000
    assert code_shown.endswith("more lines")


def test_secrets_among_parameters_are_not_shown(tmp_path: Path, start: Start) -> None:
    code = PIPELINE.replace('"params:size"', '["params:size", "params:api_key", "parameters"]').replace(
        "def make_table(size)", "def make_table(size, key, everything)"
    )
    parameters = "size: 4\napi_key: hunter2\nmodel: {rate: 0.5, password: hunter2, url: 'https://me:hunter2@host/'}\n"
    reading = start(make_project(tmp_path, pipeline_code=code, parameters=parameters))

    nodes = reading.nodes()

    assert "hunter2" not in repr(nodes)
    assert nodes["params:api_key"].parameters == "[redacted]"
    assert nodes["params:model"].parameters == {
        "rate": 0.5,
        "password": "[redacted]",
        "url": "https://me:[redacted]@host/",
    }


def test_parameters_of_any_kind_are_json(tmp_path: Path, start: Start) -> None:
    parameters = "size: 4\nmodel: {a: .inf, b: .nan, c: 2024-05-01, d: [1, {e: null}]}\n"

    nodes = start(make_project(tmp_path, parameters=parameters)).nodes()

    assert nodes["params:model"].parameters == {"a": "Infinity", "b": "NaN", "c": "2024-05-01", "d": [1, {"e": None}]}


def test_runtime_parameters_and_environment_are_used(tmp_path: Path, start: Start) -> None:
    files = {"conf/prod/parameters.yml": "model:\n  rate: 0.9\n"}
    path = make_project(tmp_path, files=files)

    nodes = start(open_project(path, "prod"), env="prod", runtime_params={"size": 7}).nodes()

    assert nodes["params:size"].parameters == 7
    assert nodes["params:model"].parameters == {"rate": 0.9}


HOOKS = """
from kedro.framework.hooks import hook_impl
from kedro_datasets.pickle import PickleDataset


class Hooks:
    @hook_impl
    def after_context_created(self, context):
        context.config_loader["parameters"] = {"size": 99, "model": {"rate": 1}}

    @hook_impl
    def after_catalog_created(self, catalog):
        catalog["table"] = PickleDataset(filepath="s3://bucket/by_hook.pkl", credentials={"key": "k", "secret": "s"})
"""
HOOK_SETTINGS = STORE_SETTINGS + "from small_hooked.hooks import Hooks\nHOOKS = (Hooks(),)\n"


@pytest.fixture
def hooked(tmp_path: Path) -> Path:
    return make_project(
        tmp_path,
        package="small_hooked",
        settings=HOOK_SETTINGS,
        files={"src/{package}/hooks.py": HOOKS, "src/{package}/__init__.py": ""},
    )


def test_hooks_change_parameters_and_catalog_only_if_they_are_included(hooked: Path, start: Start) -> None:
    without = open_project(hooked)
    nodes = start(without).nodes()
    assert nodes["params:size"].parameters == 4
    assert nodes["table"].filepath == "data/02_intermediate/table.pkl"

    project = open_project(hooked)
    nodes = start(project, include_hooks=True).nodes()
    assert nodes["params:size"].parameters == 99
    assert nodes["table"].filepath == "s3://bucket/by_hook.pkl"
    entry = project.catalog.get("table")
    assert entry is not None
    assert entry.credentials == {"key": "k", "secret": "s"}


def test_looking_at_pipelines_with_hooks_records_no_run(hooked: Path, start: Start) -> None:
    start(hooked, include_hooks=True).nodes()

    assert not (hooked / "data/session_store.db").exists()


def test_a_hook_that_fails_is_told_and_the_flowchart_is_shown_without_hooks(tmp_path: Path, start: Start) -> None:
    hooks = HOOKS.replace("context.config_loader", "raise RuntimeError('no server'); context.config_loader")
    settings = HOOK_SETTINGS.replace("small_hooked", "small_broken_hook")
    path = make_project(
        tmp_path, package="small_broken_hook", settings=settings, files={"src/{package}/hooks.py": hooks}
    )

    snapshot = start(path, include_hooks=True).outcome()

    assert snapshot.error is not None
    assert (snapshot.error.type, snapshot.error.message) == ("RuntimeError", "no server")
    assert nodes_of(snapshot)["params:size"].parameters == 4


@pytest.mark.parametrize("broken", ["catalog", "credentials", "parameters"])
def test_broken_configuration_leaves_the_flowchart(tmp_path: Path, start: Start, broken: str) -> None:
    path = make_project(tmp_path, **{broken: "a: [1\nb: {"})  # type: ignore[arg-type]  # names of text arguments

    assert "scores" in start(path).nodes()


def test_an_entry_that_cannot_be_resolved_leaves_the_other_datasets_what_they_are(tmp_path: Path, start: Start) -> None:
    catalog = CATALOG.replace("data/02_intermediate/table.pkl", "data/${runtime_params:name}/table.pkl")

    nodes = start(make_project(tmp_path, catalog=catalog)).nodes()

    assert nodes["scores"].group is TrackingGroup.METRIC
    assert (nodes["scores"].problem, nodes["table"].dataset_type) == (None, "pickle.PickleDataset")
    assert "Runtime parameter 'name' not found" in str(nodes["table"].problem)


def test_a_parameter_that_cannot_be_resolved_leaves_the_others_their_values(tmp_path: Path, start: Start) -> None:
    parameters = PARAMETERS.replace("size: 4", "size: ${runtime_params:size}")

    nodes = start(make_project(tmp_path, parameters=parameters)).nodes()

    assert nodes["params:model"].parameters == {"rate": 0.5}
    assert nodes["params:size"].parameters is None


def test_an_import_that_fails_is_told_with_the_users_lines(tmp_path: Path, start: Start) -> None:
    code = "def inner():\n    import not_there_at_all\n\ninner()\n"

    error = start(make_project(tmp_path, package="fails_to_import", pipeline_code=code)).error()

    assert (error.type, error.message) == ("ModuleNotFoundError", "No module named 'not_there_at_all'")
    assert "fails_to_import/pipeline_registry.py" in error.traceback
    assert "importlib" not in error.traceback
    assert "kedro_viz" not in error.traceback


def test_modules_that_kedro_passes_over_are_told_beside_those_it_found(tmp_path: Path, start: Start) -> None:
    registry = (
        "from kedro.framework.project import find_pipelines\n\ndef register_pipelines():\n    return find_pipelines()\n"
    )
    good = PIPELINE.split("def register_pipelines")[0] + (
        'def create_pipeline():\n    return Pipeline([node(score, ["table", "params:model"], "scores")])\n'
    )
    files = {
        "src/{package}/pipelines/__init__.py": "",
        "src/{package}/pipelines/good/__init__.py": "from .pipeline import create_pipeline",
        "src/{package}/pipelines/good/pipeline.py": good,
        "src/{package}/pipelines/bad/__init__.py": "import not_there_at_all",
    }
    path = make_project(tmp_path, package="half_broken", pipeline_code=registry, files=files)

    snapshot = start(path).outcome()

    assert snapshot.state is FlowchartState.FAILED
    assert snapshot.error is not None
    assert snapshot.error.type == "ModuleNotFoundError"
    assert "half_broken.pipelines.bad" in snapshot.error.message
    assert "No module named 'not_there_at_all'" in snapshot.error.message
    assert "scores" in nodes_of(snapshot, "good")


def test_an_error_shows_no_secret_and_is_not_endless(tmp_path: Path, start: Start) -> None:
    code = "password = 'hunter2'\nraise ValueError('password=hunter2 ' + 'line\\n' * 5000)\n"

    error = start(make_project(tmp_path, pipeline_code=code)).error()

    assert "hunter2" not in error.message
    assert "hunter2" not in error.traceback
    assert len(error.traceback.splitlines()) <= 201


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; sys.exit(3)", "sys.exit(3)"),
        ("import os; os._exit(4)", "exit code 4"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "Segmentation fault"),
        ("raise KeyboardInterrupt('stopped')", "stopped"),
        ("def f(): f()\nf()", "maximum recursion depth exceeded"),
    ],
)
def test_code_that_ends_python_is_told(tmp_path: Path, start: Start, code: str, told: str) -> None:
    error = start(make_project(tmp_path, pipeline_code=EMPTY_REGISTRY.format(code=code))).error()

    assert told in error.message


def test_the_last_words_of_a_crash_are_told(tmp_path: Path, start: Start) -> None:
    code = "print('about to crash, token=hunter2', flush=True)\nimport os; os.abort()"

    error = start(make_project(tmp_path, pipeline_code=EMPTY_REGISTRY.format(code=code))).error()

    assert "about to crash, token=[redacted]" in error.traceback


def test_what_pipelines_print_or_read_disturbs_nothing(
    tmp_path: Path, start: Start, capfd: pytest.CaptureFixture[str]
) -> None:
    code = "import sys\nprint('x' * 1_000_000)\nsys.stderr.write('{}')\nassert sys.stdin.read() == ''\n"

    start(make_project(tmp_path, pipeline_code=code + PIPELINE)).nodes()

    assert capfd.readouterr() == ("", "")


def test_a_file_of_the_users_folder_does_not_stand_for_a_module_of_python(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path, files={"argparse.py": "raise RuntimeError", "kedro_viz/__init__.py": ""})
    monkeypatch.chdir(path)

    assert "scores" in start(path).nodes()


def test_code_that_hangs_is_given_up_after_the_time_limit(tmp_path: Path, start: Start) -> None:
    code = EMPTY_REGISTRY.format(code="import threading; threading.Event().wait()")

    error = start(make_project(tmp_path, pipeline_code=code), time_limit=3).error()

    assert "still not imported after 3 seconds" in error.message


def test_a_thread_left_running_does_not_keep_the_process(tmp_path: Path, start: Start) -> None:
    code = "import threading\nthreading.Thread(target=threading.Event().wait).start()\n"

    assert "scores" in start(make_project(tmp_path, pipeline_code=code + PIPELINE)).nodes()


def test_reading_again_sees_changed_code_and_keeps_the_last_good_flowchart_meanwhile_and_after_a_failure(
    tmp_path: Path, start: Start
) -> None:
    path = make_project(tmp_path, package="changing")
    registry = path / "src/changing/pipeline_registry.py"
    reading = start(path)
    assert "scores" in reading.nodes()

    registry.write_text("raise ValueError('half-way')")
    reading.process.reload()
    assert "scores" in nodes_of(reading.process.snapshot())
    failed = reading.outcome()
    assert failed.error is not None
    assert "scores" in nodes_of(failed)

    registry.write_text(PIPELINE.replace('"scores"', '"results"'))
    reading.process.reload()
    assert "results" in reading.nodes()


def test_closing_ends_a_process_that_hangs_and_all_that_it_started(tmp_path: Path, start: Start) -> None:
    lifeline = Lifeline(tmp_path)
    reading = start(make_project(tmp_path / "project", pipeline_code=lifeline.code()))
    lifeline.wait_until_held()

    reading.process.close()

    lifeline.wait_until_let_go()
    assert reading.process.snapshot().state is FlowchartState.LOADING


def test_the_process_and_all_that_it_started_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    lifeline = Lifeline(tmp_path)
    path = make_project(tmp_path / "project", pipeline_code=lifeline.code())
    parent_code = f"""
import threading
from pathlib import Path
from kedro_viz.integrations.kedro.pipelines.pipeline_process import PipelineProcess
from kedro_viz.integrations.kedro.project.project import open_project
PipelineProcess(open_project(Path({str(path)!r}))).reload()
threading.Event().wait()
"""
    parent = subprocess.Popen([sys.executable, "-c", parent_code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lifeline.wait_until_held()

    parent.kill()
    parent.wait()

    lifeline.wait_until_let_go()


def test_reading_again_gives_up_what_is_under_way(tmp_path: Path, start: Start) -> None:
    lifeline = Lifeline(tmp_path)
    path = make_project(tmp_path / "project", package="given_up", pipeline_code=lifeline.code())
    reading = start(path)
    lifeline.wait_until_held()
    (path / "src/given_up/pipeline_registry.py").write_text(PIPELINE)

    reading.process.reload()

    assert "scores" in reading.nodes()
    lifeline.wait_until_let_go()


def test_after_closing_nothing_starts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = PipelineProcess(open_project(make_project(tmp_path)))
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *arguments, **_: started.append(arguments))

    process.close()
    process.reload()
    process.close()

    assert started == []


def test_the_process_writes_its_result_as_json_that_only_the_user_may_read(tmp_path: Path) -> None:
    path = make_project(tmp_path / "project")
    output = tmp_path / "result.json"
    module = "kedro_viz.integrations.kedro.pipelines.pipeline_process"

    subprocess.run(
        [sys.executable, "-m", module, "--project", str(path), "--params", '{"size": 5}', "--output", str(output)],
        check=True,
        stdout=subprocess.DEVNULL,
    )

    written = json.loads(output.read_text())
    assert written["datasets"] == ["table", "columns", "scores"]
    assert written["entries"] == []
    assert output.stat().st_mode & 0o077 == 0
