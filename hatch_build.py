"""Build hook: puts the built web app into the wheel and the sdist.

Three ways lead to a built app, tried in this order:

1. An sdist holds it already (recognised by the ``PKG-INFO`` at its root): it is used, Node is not needed.
2. ``KEDRO_VIZ_SKIP_WEB_BUILD=1`` and the app is built: it is used, for callers that have just made it.
3. Else ``npm ci`` and ``npm run build`` in ``frontend/`` make it; without Node the build stops and says why.

An editable install skips all of this: the app is then built by ``make web`` when it is wanted.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
SKIP_VARIABLE = "KEDRO_VIZ_SKIP_WEB_BUILD"


class WebAppError(RuntimeError):
    """The web app could not be built; the message says why and what to do."""


def node_problem() -> str | None:
    """Say what is wrong with the Node on ``PATH``, or None where it will do."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return f"{'node' if node is None else 'npm'} was not found on PATH"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = re.match(r"v(\d+)\.", version)
    if major is None:
        return f"`node --version` answered {version!r}, which is no version"
    if int(major[1]) < OLDEST_NODE:
        return f"node {version} is older than {OLDEST_NODE}"
    return None


def build_web_app(root: Path) -> None:
    """Build the app from ``frontend/`` into ``package/kedro_viz/web``.

    Args:
        root: The checkout.

    Raises:
        WebAppError: Node is missing or too old, or one of npm's two commands failed.
    """
    problem = node_problem()
    if problem is not None:
        raise WebAppError(
            f"Kedro-Viz's web app cannot be built because {problem}: install Node.js {OLDEST_NODE} or newer "
            "(it brings npm), or install a released wheel, which has the app built in and needs no Node."
        )
    npm = shutil.which("npm") or "npm"
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        result = subprocess.run([npm, *arguments], cwd=root / "frontend", check=False)
        if result.returncode != 0:
            raise WebAppError(
                f"Kedro-Viz's web app cannot be built because `npm {' '.join(arguments)}` in frontend/ ended "
                f"with exit code {result.returncode}; its own message stands above."
            )


class WebAppBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is hatchling's own builder config
    """Makes sure that the built web app is there before files are collected."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002  # hatchling's signature
        """Build the app, unless it is there already and may be used.

        Args:
            version: What is built: ``standard``, or ``editable``.
            build_data: hatchling's; left as it is.

        Raises:
            WebAppError: The app is needed and could not be built.
        """
        if version == "editable":
            return
        root = Path(self.root)
        built = (root / "package" / "kedro_viz" / "web" / "index.html").is_file()
        may_use_it = (root / "PKG-INFO").is_file() or os.environ.get(SKIP_VARIABLE) == "1"
        if built and may_use_it:
            return
        build_web_app(root)
