"""The files of versions: found where the catalog says, and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from kedro_viz.store.files.versioned_files import FileNotAvailableError, VersionedFiles
from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.events import MAX_FILES
from kedro_viz.tracking.run_setting import RecordedRun
from tests.api.serving import MATPLOTLIB_TYPE, METRICS_TYPE
from tests.s3 import empty_bucket, s3_server

RUN = "2024-01-01T00.00.00.000Z"


@pytest.fixture
def plot(tmp_path: Path) -> CatalogEntry:
    """A dataset with one version of one file."""
    file = tmp_path / "data" / "plot.png" / RUN / "plot.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"0123456789")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "data" / "secret.txt").write_text("secret")
    return CatalogEntry("plot", MATPLOTLIB_TYPE, str(tmp_path / "data" / "plot.png"), versioned=True)


@pytest.fixture
def files(plot: CatalogEntry) -> VersionedFiles:
    return VersionedFiles(Catalog([plot]))


def test_a_dataset_whose_catalog_entry_cannot_be_used_says_why() -> None:
    files = VersionedFiles(Catalog([CatalogEntry("plot", MATPLOTLIB_TYPE, problem="Nobody knows `x`.")]))

    with pytest.raises(FileNotAvailableError, match=r"catalog entry of 'plot' cannot be used\. Nobody knows `x`\."):
        files.locate("plot", RUN, "plot.png")


def test_a_version_of_one_file(files: VersionedFiles, plot: CatalogEntry) -> None:
    assert files.versions(plot) == [RUN]
    assert [(file.name, file.size) for file in files.list_files(plot, RUN)] == [("plot.png", 10)]
    file = files.locate("plot", RUN, "plot.png")
    assert file.size == 10
    assert files.read(file) == b"0123456789"
    assert files.read(file, 3) == b"012"
    assert b"".join(files.stream(file, 2, 5)) == b"234"


def test_a_folder_of_plots(files: VersionedFiles, plot: CatalogEntry) -> None:
    folder = Path(str(plot.filepath)) / "later" / "plot.png"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.png", "a.png", "deep/c.png"):
        (folder / name).write_bytes(name.encode())
    assert [file.name for file in files.list_files(plot, "later")] == ["a.png", "b.png", "deep/c.png"]
    assert files.read(files.locate("plot", "later", "deep/c.png")) == b"deep/c.png"
    for name in ("plot.png", "deep", "nothing.png"):
        with pytest.raises(FileNotAvailableError):
            files.locate("plot", "later", name)


def test_no_more_files_of_a_version_are_told_than_can_be_shown(files: VersionedFiles, plot: CatalogEntry) -> None:
    folder = Path(str(plot.filepath)) / "later" / "plot.png"
    folder.mkdir(parents=True)
    for number in range(MAX_FILES + 5):
        (folder / f"{number:04}.png").touch()
    assert len(files.list_files(plot, "later")) == MAX_FILES


def test_a_run_without_a_version_has_no_files(files: VersionedFiles, plot: CatalogEntry) -> None:
    assert files.list_files(plot, "another") == []
    missing = CatalogEntry("missing", METRICS_TYPE, "/nowhere/at/all.json", versioned=True)
    assert files.versions(missing) == []


@pytest.mark.parametrize("run", ["", ".", "..", "../..", "a/b", "a\\b", "/etc", "a\0b", "*", "?", "[a]"])
@pytest.mark.parametrize("name", ["plot.png", "x"])
def test_run_ids_that_are_no_folder_names_are_refused(files: VersionedFiles, run: str, name: str) -> None:
    with pytest.raises(FileNotAvailableError):
        files.locate("plot", run, name)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../plot.png", "../../secret.txt", "a/../../x", "/etc/passwd", "a\\b", "a\0b", "x" * 5_000],
    ids=range(10),
)
def test_names_that_lead_elsewhere_are_refused(files: VersionedFiles, name: str) -> None:
    with pytest.raises(FileNotAvailableError):
        files.locate("plot", RUN, name)


def test_links_that_lead_outside_the_dataset_are_refused(
    files: VersionedFiles, plot: CatalogEntry, tmp_path: Path
) -> None:
    root = Path(str(plot.filepath))
    folder = root / "linked" / "plot.png"
    folder.mkdir(parents=True)
    (folder / "file.png").symlink_to(tmp_path / "secret.txt")
    (folder / "folder").symlink_to(tmp_path)
    (folder / "inside.png").symlink_to(root / RUN / "plot.png")
    (root / "version").symlink_to(tmp_path / "data")
    for run, name in (("linked", "file.png"), ("linked", "folder/secret.txt"), ("version", "x")):
        with pytest.raises(FileNotAvailableError):
            files.locate("plot", run, name)
    assert files.read(files.locate("plot", "linked", "inside.png")) == b"0123456789"


def test_a_dataset_folder_that_is_a_link_itself_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk" / RUN).mkdir(parents=True)
    (tmp_path / "disk" / RUN / "p.png").write_bytes(b"big")
    (tmp_path / "p.png").symlink_to(tmp_path / "disk")
    files = VersionedFiles(Catalog([CatalogEntry("p", MATPLOTLIB_TYPE, str(tmp_path / "p.png"), versioned=True)]))
    assert files.read(files.locate("p", RUN, "p.png")) == b"big"


def test_only_versioned_datasets_of_the_catalog_are_read(plot: CatalogEntry) -> None:
    path = plot.filepath
    catalog = Catalog(
        [
            CatalogEntry("unversioned", MATPLOTLIB_TYPE, path),
            CatalogEntry("untracked", "pandas.csv_dataset.CSVDataset", path, versioned=True),
            CatalogEntry("fileless", MATPLOTLIB_TYPE, None, versioned=True),
        ]
    )
    assert VersionedFiles(catalog).locate("untracked", RUN, "plot.png").size == 10
    for dataset in ("unversioned", "fileless", "plot", "", "..", path or ""):
        with pytest.raises(FileNotAvailableError):
            VersionedFiles(catalog).locate(dataset, RUN, "plot.png")


def test_the_mark_of_a_file_changes_with_the_file(files: VersionedFiles, plot: CatalogEntry) -> None:
    before = files.locate("plot", RUN, "plot.png").etag
    assert files.locate("plot", RUN, "plot.png").etag == before
    (Path(str(plot.filepath)) / RUN / "plot.png").write_bytes(b"another")
    assert files.locate("plot", RUN, "plot.png").etag != before


def test_file_systems_behind_a_url_are_read_too() -> None:
    root = f"memory://{uuid.uuid4().hex}/plot.png"
    memory = fsspec.filesystem("memory")
    memory.pipe(f"{root}/{RUN}/plot.png", b"remote")
    memory.pipe(f"{root}/{RUN}/secret.txt", b"secret")
    entry = CatalogEntry("plot", MATPLOTLIB_TYPE, root, versioned=True)
    files = VersionedFiles(Catalog([entry]))
    assert files.versions(entry) == [RUN]
    assert [(file.name, file.size) for file in files.list_files(entry, RUN)] == [("plot.png", 6)]
    assert files.read(files.locate("plot", RUN, "plot.png")) == b"remote"
    with pytest.raises(FileNotAvailableError):
        files.locate("plot", RUN, "../secret.txt")


def test_a_file_system_that_is_not_there_is_told() -> None:
    entry = CatalogEntry("plot", MATPLOTLIB_TYPE, "nosuchprotocol://bucket/plot.png", versioned=True)
    with pytest.raises(FileNotAvailableError, match="'plot'"):
        VersionedFiles(Catalog([entry])).versions(entry)


def test_credentials_reach_the_file_system_and_no_message() -> None:
    entry = CatalogEntry("plot", MATPLOTLIB_TYPE, "memory://x/plot.png", versioned=True, credentials={"key": "hush"})
    assert "hush" not in repr(entry)
    assert VersionedFiles(Catalog([entry])).versions(entry) == []


@pytest.fixture(params=["s3", "memory"])
def folder_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A folder that is not on a local disk."""
    if request.param == "memory":
        yield f"memory://{uuid.uuid4().hex}"
        return
    with s3_server() as server:
        yield empty_bucket(server, monkeypatch)


def test_versions_are_removed_on_other_file_systems_too(folder_url: str) -> None:
    entry = CatalogEntry("model", "pickle.PickleDataset", f"{folder_url}/model.pkl", versioned=True)
    other, longer = "2024-02-02T00.00.00.000Z", f"{RUN}.more"
    system, root = fsspec.core.url_to_fs(entry.filepath)
    names = [f"{run}/model.pkl" for run in (RUN, other, longer)] + [f"{RUN}/part/0", f"no version/{RUN}"]
    for name in names:
        system.pipe_file(f"{root}/{name}", b"123")
    removed = VersionedFiles(Catalog([entry])).remove_versions(
        [RecordedRun(run) for run in (RUN, "no version", "*", "..")]
    )
    assert (removed.count, removed.bytes, removed.kept, removed.problems) == (1, 6, set(), [])
    system.invalidate_cache()
    left = {path.split("/model.pkl/", 1)[1] for path in system.find(root)}
    assert left == {f"{other}/model.pkl", f"{longer}/model.pkl", f"no version/{RUN}"}


def test_folder_whose_name_is_a_pattern_of_others_is_left_alone() -> None:
    root = f"memory://{uuid.uuid4().hex}"
    memory = fsspec.filesystem("memory")
    for folder in ("model[12].pkl", "model1.pkl"):
        memory.pipe(f"{root}/{folder}/{RUN}/{folder}", b"123")
    entry = CatalogEntry("model", "pickle.PickleDataset", f"{root}/model[12].pkl", versioned=True)
    assert VersionedFiles(Catalog([entry])).remove_versions([RecordedRun(RUN)]).count == 0
    assert len(memory.find(root)) == 2


def test_file_system_that_is_not_there_keeps_its_versions() -> None:
    entry = CatalogEntry("plot", MATPLOTLIB_TYPE, "nosuchprotocol://bucket/plot.png", versioned=True)
    removed = VersionedFiles(Catalog([entry])).remove_versions([RecordedRun(RUN)])
    assert (removed.count, removed.kept) == (0, {RUN})
    assert "'plot'" in removed.problems[0]
