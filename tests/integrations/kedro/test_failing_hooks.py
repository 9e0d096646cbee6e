"""A hook of somebody else that raises an exception fails `kedro run`: so the run is recorded as failed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest
from kedro.framework.hooks import hook_impl
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project

from tests.projects import CATALOG, PIPELINE, STORE_SETTINGS, make_project
from tests.sessions import run, run_in
from tests.tutorial.recorded import recorded_runs
from tests.viz_server import kedro_run

HOOKS = """
import os

from kedro.framework.hooks import hook_impl


def fail_at(hook, *nodes):
    if os.environ.get("TEST_HOOK") == hook and (not nodes or nodes[0].name == "score"):
        if os.environ.get("TEST_INTERRUPTED"):
            raise KeyboardInterrupt
        raise RuntimeError(f"a fault of {hook}")


class FailingHooks:
    @hook_impl
    def before_pipeline_run(self):
        fail_at("before_pipeline_run")

    @hook_impl
    def before_dataset_loaded(self, node):
        fail_at("before_dataset_loaded", node)

    @hook_impl
    def before_node_run(self, node):
        fail_at("before_node_run", node)

    @hook_impl
    def after_node_run(self, node):
        fail_at("after_node_run", node)

    @hook_impl
    def after_dataset_saved(self, node):
        fail_at("after_dataset_saved", node)

    @hook_impl
    def after_pipeline_run(self):
        fail_at("after_pipeline_run")

    @hook_impl(tryfirst=True)
    def on_pipeline_error(self):
        fail_at("on_pipeline_error")


class FailingWrapper:
    @hook_impl(wrapper=True, tryfirst=True)
    def after_pipeline_run(self):
        yield
        fail_at("wrapper")
"""

SETTINGS = f"""{STORE_SETTINGS}
from .own_hooks import FailingHooks, FailingWrapper

HOOKS = (FailingHooks(), FailingWrapper())
"""

FAILING_PIPELINE = PIPELINE.replace(
    '"science": science',
    '"science": science, "failing": data + Pipeline([node(sum, "table", "total", name="fail")])',
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with hooks of its own, one of which fails if a variable names it; set up in this process."""
    path = make_project(
        tmp_path / "project",
        settings=SETTINGS,
        catalog=CATALOG,
        pipeline_code=FAILING_PIPELINE,
        files={"src/{package}/own_hooks.py": HOOKS},
    )
    bootstrap_project(path)
    monkeypatch.delenv("TEST_HOOK", raising=False)
    return path


def outcome(path: Path) -> tuple[str, tuple[str | None, ...]]:
    """The status of the only run there is, and its error: the type, the message and the node."""
    [recorded] = recorded_runs(path)
    return recorded.status, recorded.error


def failed_nodes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path / "data" / "session_store.db")) as connection:
        return [node for (node,) in connection.execute("SELECT node FROM node_runs WHERE failed ORDER BY node")]


OF_A_RUN = ["before_pipeline_run", "after_pipeline_run", "wrapper"]
OF_A_NODE = ["before_dataset_loaded", "before_node_run", "after_node_run", "after_dataset_saved"]


@pytest.mark.parametrize("hook", [*OF_A_RUN, *OF_A_NODE])
def test_run_that_a_hook_fails_is_recorded_as_failed(project: Path, hook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_HOOK", hook)
    with pytest.raises(RuntimeError, match=f"a fault of {hook}"):
        run(project)
    node = "score" if hook in OF_A_NODE else None
    assert outcome(project) == ("failed", ("RuntimeError", f"a fault of {hook}", node))
    assert failed_nodes(project) == ([node] if node else [])


@pytest.mark.parametrize("hook", OF_A_RUN)
def test_run_that_a_hook_fails_is_recorded_though_its_session_stays_open(
    project: Path, hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a notebook."""
    monkeypatch.setenv("TEST_HOOK", hook)
    session: Any = KedroSession.create(project_path=project)
    with pytest.raises(RuntimeError, match=f"a fault of {hook}"):
        run_in(session)
    assert outcome(project) == ("failed", ("RuntimeError", f"a fault of {hook}", None))
    session.close()
    assert outcome(project)[0] == "failed"


@pytest.mark.parametrize("hook", ["before_node_run", "after_node_run"])
def test_worker_process_says_which_node_a_hook_failed(
    project: Path, hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_HOOK", hook)
    monkeypatch.setenv("KEDRO_MP_CONTEXT", "fork")
    done = kedro_run(project, "--runner", "ParallelRunner")
    assert done.returncode != 0, done.stdout
    assert outcome(project) == ("failed", ("RuntimeError", f"a fault of {hook}", "score"))
    assert failed_nodes(project) == ["score"]


def test_error_of_the_run_is_recorded_and_not_what_a_hook_makes_of_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_HOOK", "on_pipeline_error")
    with pytest.raises(RuntimeError, match="a fault of on_pipeline_error"):
        run(project, "failing")
    status, (kind, message, node) = outcome(project)
    assert (status, kind, node) == ("failed", "TypeError", "fail")
    assert "unsupported operand" in str(message)


@pytest.mark.parametrize("hook", OF_A_RUN)
def test_run_that_is_interrupted_in_a_hook_is_cancelled(
    project: Path, hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_HOOK", hook)
    monkeypatch.setenv("TEST_INTERRUPTED", "yes")
    with pytest.raises(KeyboardInterrupt):
        run(project)
    assert outcome(project)[0] == "cancelled"


class OuterWrapper:
    """A plugin that is registered after ours, and so is called around it."""

    @hook_impl(wrapper=True, tryfirst=True)
    def after_pipeline_run(self) -> Iterator[None]:
        yield
        raise RuntimeError("a fault of an outer wrapper")


def test_run_that_fails_after_our_hook_is_recorded_as_failed_when_its_session_closes(project: Path) -> None:
    def run_with_outer_wrapper() -> None:
        session: Any
        with KedroSession.create(project_path=project) as session:
            session._hook_manager.register(OuterWrapper())
            run_in(session)

    with pytest.raises(RuntimeError, match="outer wrapper"):
        run_with_outer_wrapper()
    assert outcome(project) == ("failed", ("RuntimeError", "a fault of an outer wrapper", None))


def fail_after_run(project: Path, cli: dict[str, str]) -> NoReturn:
    session: Any
    with KedroSession.create(project_path=project) as session:
        session._store["cli"] = cli
        run_in(session)
        raise ValueError("a fault of mine")


def test_what_a_script_does_after_a_run_does_not_fail_it(project: Path) -> None:
    with pytest.raises(ValueError, match="a fault of mine"):
        fail_after_run(project, {})
    assert outcome(project) == ("succeeded", (None, None, None))


def test_command_that_fails_after_its_run_fails_it(project: Path) -> None:
    """As a project's own `kedro run` may, in its `cli.py`."""
    with pytest.raises(ValueError, match="a fault of mine"):
        fail_after_run(project, {"command_name": "run", "command_path": "kedro run"})
    assert outcome(project) == ("failed", ("ValueError", "a fault of mine", None))
