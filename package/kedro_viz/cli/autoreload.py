"""Notices that a project's code or configuration changed."""

from __future__ import annotations

import logging
import subprocess
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, watch

logger = logging.getLogger(__name__)

_SUFFIXES = frozenset({".py", ".yml", ".yaml", ".json", ".toml"})
_IGNORED_FOLDERS = frozenset({"node_modules", "__pycache__", "site-packages"})
# Folders of the project's root that hold what runs write, and that may be large.
_IGNORED_IN_ROOT = frozenset({"data", "logs", "sessions", "build", "dist"})
# Saving several files, or checking out a branch, is one change.
_GROUPING_MILLISECONDS = 400
_IDLE_MILLISECONDS = 500


class ProjectWatch:
    """Tells of changed `.py`, `.yml`, `.yaml`, `.json` and `.toml` files of a project.

    Data, hidden folders, virtual environments and what git ignores are left out; configuration never is, because Kedro
    projects have git ignore `conf/local`.
    """

    def __init__(self, project_path: Path, conf_source: Path, on_change: Callable[[set[Path]], None]) -> None:
        """Prepare; `start` begins.

        Args:
            project_path: The project's root folder.
            conf_source: Its configuration folder, inside of the root or not.
            on_change: Called with the files of each change, from a thread of its own.
        """
        self._root = project_path.resolve()
        self._conf_source = conf_source.resolve()
        self._on_change = on_change
        self._stop = threading.Event()
        self._started: list[threading.Event] = []

    def start(self) -> None:
        """Begin to watch, in the background."""
        folders = [folder for folder in self._root.iterdir() if folder.is_dir() and not self._is_left_out(folder)]
        if self._conf_source.is_dir() and not self._conf_source.is_relative_to(self._root):
            folders.append(self._conf_source)
        # The root by itself, so that nothing looks into what is left out of it: data may be millions of files.
        for paths, recursive in (([self._root], False), (folders, True)):
            if paths:
                started = threading.Event()
                self._started.append(started)
                threading.Thread(
                    target=self._watch, args=[paths, recursive, started], name="kedro-viz-autoreload", daemon=True
                ).start()

    def wait_until_watching(self) -> None:
        """Wait until no change is missed any more."""
        for started in self._started:
            started.wait()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()

    def _watch(self, paths: list[Path], recursive: bool, started: threading.Event) -> None:
        try:
            for changes in watch(
                *paths,
                watch_filter=self._is_relevant,
                debounce=_GROUPING_MILLISECONDS,
                stop_event=self._stop,
                rust_timeout=_IDLE_MILLISECONDS,
                yield_on_timeout=True,
                raise_interrupt=False,
                recursive=recursive,
            ):
                started.set()
                if files := self._without_git_ignored({Path(path) for _, path in changes}):
                    self._on_change(files)
        except (OSError, RuntimeError) as error:
            logger.warning("Changes in %s are not noticed: %s", ", ".join(map(str, paths)), error)
        finally:
            started.set()

    def _is_left_out(self, folder: Path) -> bool:
        if folder == self._conf_source or folder in self._conf_source.parents:
            return False
        hidden = folder.name.startswith(".")
        environment = (folder / "pyvenv.cfg").is_file()
        return hidden or environment or folder.name in _IGNORED_FOLDERS | _IGNORED_IN_ROOT

    def _is_relevant(self, _: Change, path: str) -> bool:
        file = Path(path)
        if file.suffix not in _SUFFIXES:
            return False
        base = self._conf_source if file.is_relative_to(self._conf_source) else self._root
        folders = file.relative_to(base).parts[:-1] if file.is_relative_to(base) else file.parts[:-1]
        return not any(folder in _IGNORED_FOLDERS or folder.startswith(".") for folder in folders)

    def _without_git_ignored(self, files: set[Path]) -> set[Path]:
        configuration = {file for file in files if file.is_relative_to(self._conf_source)}
        others = files - configuration
        return configuration | (others - self._git_ignored(others))

    def _git_ignored(self, files: Iterable[Path]) -> set[Path]:
        names = "\0".join(str(file) for file in files)
        if not names:
            return set()
        command = ["git", "-C", str(self._root), "check-ignore", "--stdin", "-z"]
        try:
            answer = subprocess.run(command, input=names, capture_output=True, text=True, check=False)  # noqa: S603
        except OSError:
            return set()  # without git nothing is ignored by it
        return {Path(name) for name in answer.stdout.split("\0") if name}
