"""Environments of the tools that people would use instead, each with versions that start together."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).parent / ".peers"

# Kedro-Viz 10.2 is the last release with experiment tracking. It does not start with today's versions of what it
# needs: an argument, a class and a private module have moved since.
REQUIREMENTS = {
    "kedro-viz-10": (
        "kedro-viz==10.2.0",
        "kedro==0.19.12",
        "kedro-datasets==6.*",
        "strawberry-graphql==0.262.*",
        "graphql-core==3.2.6",
        "fastapi==0.115.*",
        "pydantic==2.10.*",
    ),
    "mlflow": ("mlflow==3.*",),
}


def peer_python(name: str, folder: Path = FOLDER) -> Path:
    """The Python of a peer's environment, which is made if it is not there yet.

    Args:
        name: One of `REQUIREMENTS`.
        folder: Where environments are.

    Raises:
        SystemExit: If the packages cannot be installed.
    """
    environment = folder / name
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done = environment / "installed.txt"
    wanted = "\n".join(REQUIREMENTS[name])
    if not done.exists() or done.read_text() != wanted:
        print(f"Installing {name} into {environment}", file=sys.stderr)
        venv.create(environment, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS[name]]
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode != 0:
            raise SystemExit(f"{name} could not be installed into {environment}.")
        done.write_text(wanted)
    return python


def version_of(python: Path, package: str) -> str:
    """The version of a package in an environment."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()
