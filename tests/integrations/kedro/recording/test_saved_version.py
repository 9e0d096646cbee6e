"""Every file of a version that Kedro saves is named, wherever it is, and none is looked for on a network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
import pytest
from kedro.io import AbstractDataset, AbstractVersionedDataset, CachedDataset, DataCatalog, Version
from kedro_datasets.json import JSONDataset
from matplotlib.figure import Figure

from kedro_viz.integrations.kedro.datasets.matplotlib import MatplotlibWriter
from kedro_viz.integrations.kedro.recording import saved_version as module
from kedro_viz.integrations.kedro.recording.saved_version import SavedVersion, saved_version
from kedro_viz.tracking.events import TrackedFile

VERSION = Version(None, "v1")


class FolderDataset(AbstractVersionedDataset[Mapping[str, str], None]):
    """Saves a folder of texts, as libraries do with large models."""

    def load(self) -> None: ...

    def save(self, data: Mapping[str, str]) -> None:
        for name, text in data.items():
            file = Path(self._get_versioned_path("v1"), name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def _describe(self) -> dict[str, Any]:  # Any: as Kedro has it
        return {}


# Any: data of every kind.
def save(dataset: AbstractDataset[Any, Any], data: Any) -> SavedVersion | None:
    """Have Kedro save data, and tell its version."""
    catalog = DataCatalog({"own": dataset})
    catalog.save("own", data)
    return saved_version(catalog, "own", data)


def test_file_is_named_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.json" / "v1" / "a.json"
    dataset = JSONDataset(filepath=str(tmp_path / "a.json"), version=VERSION)
    version = save(dataset, {"a": 1})
    files = [TrackedFile("a.json", path.stat().st_size)]
    assert version == SavedVersion("json.json_dataset.JSONDataset", str(path), files, is_local=True)
    path.unlink()
    assert save(CachedDataset(dataset), {"a": 2}) == version


def test_files_of_a_folder_are_named_by_their_paths_in_it(tmp_path: Path) -> None:
    version = save(FolderDataset(PurePosixPath(tmp_path), VERSION), {"b/weights": "1234", "a": "12", "b/a": "1"})
    assert version is not None
    assert version.files == [TrackedFile("a", 2), TrackedFile("b/a", 1), TrackedFile("b/weights", 4)]


def test_of_a_folder_of_very_many_files_some_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 5)
    monkeypatch.setattr(module, "_MAX_ENTRIES", 8)
    version = save(FolderDataset(PurePosixPath(tmp_path), VERSION), {f"part {number}": "" for number in range(20)})
    assert version is not None
    assert len(version.files) == 5
    assert version.problem == "The version has 8 or more files. The first 5 are named."


@pytest.mark.parametrize("many", [list, dict], ids=["list", "mapping"])
def test_remote_plots_are_named_as_they_are_saved(many: type) -> None:
    figures = [Figure() for _ in range(3)]
    data = figures if many is list else {f"{n}.png": figure for n, figure in enumerate(figures)}
    version = save(MatplotlibWriter(filepath=f"memory:///plots/{many.__name__}", version=VERSION), data)
    assert version is not None
    path = version.path.removeprefix("memory://")
    saved = fsspec.filesystem("memory").find(path)
    assert sorted(saved) == [f"{path}/{file.name}" for file in version.files]
    assert {file.size for file in version.files} == {None}


def test_data_without_versions_is_no_version(tmp_path: Path) -> None:
    assert save(JSONDataset(filepath=str(tmp_path / "a.json")), {}) is None
    assert saved_version(DataCatalog(), "unknown", {}) is None
