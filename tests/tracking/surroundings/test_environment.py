"""The environment is read from what installers leave in the folders of Python's path."""

from __future__ import annotations

import json
import platform
import sys
from importlib import metadata
from pathlib import Path

import pytest

from kedro_viz.tracking.surroundings.environment import Environment, Package, current_environment


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on Python's path."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "not-there")])
    return tmp_path


def install(site: Path, name: str, direct_url: object = None) -> None:
    """Leave what an installer leaves."""
    (site / name).mkdir()
    if direct_url is not None:
        (site / name / "direct_url.json").write_text(json.dumps(direct_url))


def test_it_tells_all_distributions_that_this_python_finds() -> None:
    environment = current_environment()
    told = {package.name: package.version for package in environment.packages}
    for name in ("kedro", "sqlalchemy", "pytest"):
        assert told[name] == metadata.version(name)
    assert environment.python == platform.python_version()
    assert platform.system() in environment.platform


def test_names_and_versions_are_read_from_folders(site: Path) -> None:
    install(site, "Scikit_Learn-1.5.2.dist-info")
    install(site, "torch-2.1.0+cu118.dist-info")
    install(site, "PyYAML-6.0-py3.11.egg-info")
    (site / "old_one-0.1.egg-info").write_text("")
    (site / "numpy").mkdir()
    packages = {(package.name, package.version) for package in current_environment().packages}
    assert packages == {
        ("scikit-learn", "1.5.2"),
        ("torch", "2.1.0+cu118"),
        ("pyyaml", "6.0"),
        ("old-one", "0.1"),
    }


def test_of_two_versions_the_one_that_is_imported_counts(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = tmp_path / "later"
    later.mkdir()
    install(site, "pandas-2.2.0.dist-info")
    install(later, "pandas-1.5.0.dist-info")
    monkeypatch.setattr(sys, "path", [str(site), str(later)])
    assert [package.version for package in current_environment().packages] == ["2.2.0"]


@pytest.mark.parametrize(
    ("direct_url", "source"),
    [
        ({"url": "file:///home/ada/model", "dir_info": {"editable": True}}, "editable install"),
        ({"url": "file:///home/ada/model", "dir_info": {}}, "local folder"),
        ({"url": "file:///home/ada/model-1.0.whl", "archive_info": {}}, "local file"),
        (
            {"url": "https://me:hunter22@example.org/model", "vcs_info": {"vcs": "git", "commit_id": "abc123"}},
            "git+https://example.org/model@abc123",
        ),
        ({"url": "https://ghp_token@example.org/a.whl", "archive_info": {}}, "https://example.org/a.whl"),
        (["not", "what", "it", "should", "be"], None),
    ],
)
def test_where_a_package_came_from_is_told_without_folders_and_credentials(
    site: Path, direct_url: object, source: str | None
) -> None:
    install(site, "model-1.0.dist-info", direct_url)
    assert list(current_environment().packages) == [Package("model", "1.0", source)]


def test_it_is_read_back_from_json_that_is_the_same_for_the_same_environment() -> None:
    packages = [Package("b", "2", "editable install"), Package("a", "1")]
    environment = Environment("3.12.4", "CPython", "Linux 6.1 x86_64", packages)
    again = Environment("3.12.4", "CPython", "Linux 6.1 x86_64", list(reversed(packages)))
    assert environment.to_json() == again.to_json()
    assert list(Environment.from_json(environment.to_json()).packages) == [Package("a", "1"), packages[0]]


@pytest.mark.parametrize("text", ["[]", "{}", '{"packages": [{"name": 1}]}', "null", "not JSON"])
def test_what_is_no_environment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Environment.from_json(text)
