"""What building the distribution does, and says where it cannot."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.packaging

# Stands in for npm, which takes a minute: notes its calls, and `run build` makes the smallest app there is.
NPM = """#!/bin/sh
echo "$*" >> npm-calls
if [ "$1" = run ]; then
    mkdir -p ../package/kedro_viz/web && echo '<!doctype html>' > ../package/kedro_viz/web/index.html
fi
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The part of the checkout that a build reads, without a built web app."""
    root = tmp_path / "sources"
    ignore = shutil.ignore_patterns("web", "node_modules", "__pycache__")
    for folder in ("package", "frontend"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ignore)
    for file in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / file, root)
    return root


def build(sources: Path, *programs: tuple[str, str], kind: str = "--wheel") -> subprocess.CompletedProcess[str]:
    """Build with nothing on PATH but the given programs, each a name and a shell script."""
    path = sources.parent / "programs"
    path.mkdir(exist_ok=True)
    for name, script in programs:
        (path / name).write_text(script)
        (path / name).chmod(stat.S_IRWXU)
    return subprocess.run(
        [sys.executable, "-m", "build", kind, "--no-isolation", "--outdir", sources.parent / "dist", sources],
        env={**os.environ, "PATH": f"{path}:/bin"} if programs else {**os.environ, "PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_node_the_build_says_what_to_do(sources: Path) -> None:
    result = build(sources)
    assert result.returncode != 0
    assert (
        "Kedro-Viz's web app cannot be built because node was not found on PATH: install Node.js 20 or newer "
        "(it brings npm), or install a released wheel, which has the app built in and needs no Node."
    ) in result.stdout + result.stderr


def test_an_old_node_is_named_with_its_version(sources: Path) -> None:
    result = build(sources, ("node", "#!/bin/sh\necho v18.19.0\n"), ("npm", NPM))
    assert result.returncode != 0
    assert "because node v18.19.0 is older than 20: install Node.js 20 or newer" in result.stdout + result.stderr


def test_a_failing_npm_stops_the_build_and_is_named(sources: Path) -> None:
    result = build(sources, ("node", "#!/bin/sh\necho v20.19.0\n"), ("npm", "#!/bin/sh\nexit 7\n"))
    assert result.returncode != 0
    assert "`npm ci --no-audit --no-fund` in frontend/ ended with exit code 7" in result.stdout + result.stderr


def test_the_app_is_built_from_the_locked_dependencies(sources: Path) -> None:
    result = build(sources, ("node", "#!/bin/sh\necho v20.19.0\n"), ("npm", NPM))
    assert result.returncode == 0, result.stdout + result.stderr
    calls = (sources / "frontend" / "npm-calls").read_text().splitlines()
    assert calls == ["ci --no-audit --no-fund", "run build"]


def test_an_sdist_carries_the_built_app_so_that_installing_from_it_needs_no_node(sources: Path) -> None:
    made = build(sources, ("node", "#!/bin/sh\necho v20.19.0\n"), ("npm", NPM), kind="--sdist")
    assert made.returncode == 0, made.stdout + made.stderr
    (archive,) = (sources.parent / "dist").glob("kedro_viz-*.tar.gz")
    shutil.unpack_archive(archive, sources.parent / "unpacked", filter="data")
    (unpacked,) = (sources.parent / "unpacked").iterdir()
    assert (unpacked / "frontend" / "package-lock.json").is_file()

    shutil.rmtree(sources.parent / "programs")
    result = build(unpacked)
    assert result.returncode == 0, result.stdout + result.stderr
    assert list((unpacked.parent / "dist").glob("kedro_viz-*.whl"))


def test_the_lock_file_names_no_registry_so_that_each_user_has_their_own() -> None:
    lock = json.loads((REPOSITORY / "frontend" / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
