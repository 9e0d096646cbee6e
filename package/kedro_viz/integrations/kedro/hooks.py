"""The hook that Kedro calls in every session. Registered by the entry point `kedro.hooks`.

It does nothing, and imports next to nothing, in projects that have not set our session store. In the others it passes
on what Kedro reports to `run_tracking`. In worker processes of ParallelRunner, Kedro registers the hook anew: each
process writes what it sees, and the store puts it together by the run's id.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from kedro.framework.hooks import hook_impl

from kedro_viz.integrations.kedro import datasets
from kedro_viz.integrations.kedro.project.tracked_projects import is_configured
from kedro_viz.integrations.kedro.recording.catalog_configurations import catalog_configurations
from kedro_viz.integrations.kedro.recording.configuration_loaders import configuration_loaders
from kedro_viz.integrations.kedro.recording.run_registry import registry, run_id_of
from kedro_viz.integrations.kedro.recording.worker_processes import is_worker, is_worker_of_a_run

if TYPE_CHECKING:
    from types import TracebackType

    from kedro.framework.context import KedroContext
    from kedro.io import CatalogProtocol
    from kedro.pipeline import Pipeline
    from kedro.pipeline.node import Node

    from kedro_viz.integrations.kedro.recording.run_tracking import RunTracking

logger = logging.getLogger(__name__)

# Every session loads this module, before it reads the catalog.
datasets.install()


class HookOutcome(Protocol):
    """What all other implementations of a hook came to: pluggy's result, as its old and new versions have it."""

    @property
    def excinfo(self) -> tuple[type[BaseException], BaseException, TracebackType | None] | None:
        """The exception that one of them raised."""


# pluggy sends the outcome to a wrapper, and passes on what it does not change. The newer kind of wrapper, which may
# change it, is missing in versions that Kedro allows.
Wrapper: TypeAlias = Generator[None, HookOutcome, None]


class RunTrackingHook:
    """Passes on what Kedro reports. No method raises, returns anything, or changes what it is given.

    Hooks whose failure fails the run are wrappers around those of other plugins, and the outermost ones: a run has
    succeeded only when all hooks have.
    """

    def __init__(self) -> None:
        self._tracking: RunTracking | None = None

    # Any in the hooks: Kedro passes run parameters, catalogs and data of every kind.
    @hook_impl
    def after_context_created(self, context: KedroContext) -> None:
        """A project's configuration is about to be read."""
        with _never_in_the_way():
            if is_configured():
                configuration_loaders.remember(context)

    @hook_impl
    def after_catalog_created(
        self,
        catalog: CatalogProtocol[Any, Any],
        conf_catalog: dict[str, Any],
        conf_creds: dict[str, Any],
        parameters: dict[str, Any],
    ) -> None:
        """A catalog has been made, perhaps of a run."""
        with _never_in_the_way():
            if is_configured():
                catalog_configurations.remember(catalog, conf_catalog)
                # Only here: in other projects nothing of it is imported.
                from kedro_viz.integrations.kedro.recording.known_secrets import look_for_secrets_of_catalog

                look_for_secrets_of_catalog(conf_creds, conf_catalog, parameters, configuration_loaders.globals())

    @hook_impl(hookwrapper=True, tryfirst=True)
    def before_pipeline_run(
        self, run_params: dict[str, Any], pipeline: Pipeline, catalog: CatalogProtocol[Any, Any]
    ) -> Wrapper:
        """A run begins."""
        with _never_in_the_way():
            if is_configured():
                # Of a run that its session has heard of something is recorded, whatever goes wrong from here on.
                registry.announce(run_id_of(run_params))
                self._open().run_started(run_params, [node.name for node in pipeline.nodes], catalog)
        outcome = yield
        with _never_in_the_way():
            # Kedro reports this nowhere else: it has not begun to run the nodes.
            if self._tracking is not None and outcome.excinfo is not None:
                self._tracking.run_failed(run_params, outcome.excinfo[1], pipeline.nodes)

    @hook_impl(hookwrapper=True, tryfirst=True)
    def after_pipeline_run(self, run_params: dict[str, Any], pipeline: Pipeline) -> Wrapper:
        """All nodes have run. The run has succeeded if no other hook fails it now."""
        outcome = yield
        with _never_in_the_way():
            if self._tracking is not None:
                if outcome.excinfo is None:
                    self._tracking.run_succeeded(run_params)
                else:
                    self._tracking.run_failed(run_params, outcome.excinfo[1], pipeline.nodes)

    # Before all others, for one that raises an exception keeps the rest from being called.
    @hook_impl(hookwrapper=True, tryfirst=True)
    def on_pipeline_error(self, error: Exception, run_params: dict[str, Any], pipeline: Pipeline) -> Wrapper:
        """A run has failed. What a hook raises now comes of this error, which is the one that is recorded."""
        with _never_in_the_way():
            if self._tracking is not None:
                self._tracking.run_failed(run_params, error, pipeline.nodes)
        yield

    @hook_impl
    def before_dataset_loaded(self, dataset_name: str, node: Node) -> None:
        """A node loads an input."""
        with _never_in_the_way():
            if is_worker():
                self._open().nodes.touches_data(node, dataset_name)

    @hook_impl
    def after_dataset_loaded(self, dataset_name: str, node: Node) -> None:
        """A node has loaded an input."""
        with _never_in_the_way():
            if is_worker():
                self._open().nodes.has_loaded_data(node, dataset_name)

    # A node that a hook fails is reported by Kedro like any error outside of nodes; by worker processes without saying
    # where. So it is recorded here.
    @hook_impl(hookwrapper=True, tryfirst=True)
    def before_node_run(self, node: Node, catalog: CatalogProtocol[Any, Any], run_id: str) -> Wrapper:
        """A node begins."""
        with _never_in_the_way():
            # A worker process has not seen the run begin.
            if self._tracking is not None or is_worker_of_a_run(run_id):
                self._open().nodes.started(run_id, node, catalog)
        outcome = yield
        with _never_in_the_way():
            if self._tracking is not None and outcome.excinfo is not None:
                self._tracking.nodes.failed(run_id, node)

    @hook_impl(hookwrapper=True, tryfirst=True)
    def after_node_run(self, node: Node, run_id: str) -> Wrapper:
        """A node has returned."""
        outcome = yield
        with _never_in_the_way():
            if self._tracking is not None:
                if outcome.excinfo is None:
                    self._tracking.nodes.returned(run_id, node)
                else:
                    self._tracking.nodes.failed(run_id, node)

    @hook_impl(hookwrapper=True, tryfirst=True)
    def on_node_error(self, node: Node, run_id: str) -> Wrapper:
        """A node has raised an exception."""
        with _never_in_the_way():
            if self._tracking is not None:
                self._tracking.nodes.failed(run_id, node)
        yield

    @hook_impl
    def before_dataset_saved(self, dataset_name: str, node: Node) -> None:
        """A node saves an output."""
        with _never_in_the_way():
            if is_worker():
                self._open().nodes.touches_data(node, dataset_name)

    @hook_impl
    def after_dataset_saved(self, dataset_name: str, data: Any) -> None:
        """A node has saved an output."""
        with _never_in_the_way():
            if self._tracking is not None:
                self._tracking.nodes.saved(dataset_name, data)

    def _open(self) -> RunTracking:
        if self._tracking is None:
            # Only now: in other projects nothing of it is imported.
            from kedro_viz.integrations.kedro.recording.run_tracking import RunTracking

            self._tracking = RunTracking()
        return self._tracking


_warned = threading.Event()


@contextlib.contextmanager
def _never_in_the_way() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        level = logging.DEBUG if _warned.is_set() else logging.WARNING
        _warned.set()
        logger.log(
            level,
            "The run goes on, but experiment tracking could not record all of it: %s. This is a fault of Kedro-Viz: "
            "please report it with the lines below.",
            error,
            exc_info=True,
        )


run_tracking_hook = RunTrackingHook()
