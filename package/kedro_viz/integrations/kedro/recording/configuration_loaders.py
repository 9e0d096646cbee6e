"""Remembers by which loader Kedro reads the configuration of each project: it tells that only once per session."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kedro.framework.context import KedroContext


# Any in this class: loaders of every kind, and whatever the user's YAML holds.
class ConfigurationLoaders:
    """The loader of the newest session of each project in this process. Nothing is kept alive for our sake."""

    def __init__(self) -> None:
        self._by_project: dict[Path, weakref.ref[Any]] = {}
        self._newest: weakref.ref[Any] | None = None

    def remember(self, context: KedroContext) -> None:
        """A session has begun."""
        try:
            self._newest = weakref.ref(context.config_loader)
        except TypeError:
            # A class of the user's own may not allow it.
            return
        self._by_project[Path(context.project_path)] = self._newest

    def of(self, project_path: Path) -> Any:
        """The loader of a project; None if nobody has told."""
        reference = self._by_project.get(project_path)
        return reference() if reference is not None else None

    def globals(self) -> Any:
        """The values that the newest session's configuration may fill in anywhere, as far as Kedro has read them."""
        loader = self._newest() if self._newest is not None else None
        return getattr(loader, "_globals", None)


configuration_loaders = ConfigurationLoaders()
"""Those of this process."""
