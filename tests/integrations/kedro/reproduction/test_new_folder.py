"""What is written of a record lands in one new folder, whatever paths the record names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kedro_viz.integrations.kedro.reproduction.new_folder import FolderError, RefusedFileError, new_folder, safe_parts

LEADING_ELSEWHERE = [
    *("/etc/passwd", "//host/share/x", "../x", "a/../../x", "a/..", "a//b", "", ".", "./x", "a/./b", "/", "a/"),
    *("..\\x", "a\\b", "C:\\x", "a\0b", "a\nb", "a\x1bb", "a\u202eb"),
    *(".git/hooks/post-checkout", "sub/.GIT/config", ".git", "git~1/config", ".git./config"),
    *("x" * 256, "/".join(["long"] * 300)),
]
OF_WINDOWS = [
    *("con", "NUL.txt", "a/aux.py", "com1", "COM\u00b9.log", "lpt9.x.y", "conin$"),
    *("C:/x", "a:stream", "a.", "a /b", "what?", "a*", "a|b", '"'),
]


def everything_in(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


@pytest.mark.parametrize("path", LEADING_ELSEWHERE)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "beside").mkdir()
    with new_folder(tmp_path / "new" / "folder") as folder, pytest.raises(RefusedFileError):
        folder.write(path, b"hostile")

    assert everything_in(tmp_path) == {"beside": None, "new": None, "new/folder": None}


@pytest.mark.parametrize("path", OF_WINDOWS)
def test_what_windows_takes_for_something_else_is_refused_there(path: str) -> None:
    with pytest.raises(RefusedFileError):
        safe_parts(path, windows=True)


@pytest.mark.parametrize(
    "path", ["src/package/nodes.py", "conf/base/catalog.yml", ".gitignore", "a b/ü 日本.txt", "...", "..a", "-rf"]
)
@pytest.mark.parametrize("windows", [False, True])
def test_other_paths_are_taken(path: str, windows: bool) -> None:
    if not (windows and path == "..."):
        assert "/".join(safe_parts(path, windows=windows)) == path


def test_files_are_written_and_copied(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"data")

    with new_folder(tmp_path / "new") as folder:
        folder.write("a/b.py", b"code")
        folder.write("run.sh", b"#!/bin/sh\nexit 7\n", executable=True)
        folder.copy(source, "data/01_raw/data.bin", replace=False)
        folder.make_folder("conf/local")
        folder.make_folder("conf/local")

    assert everything_in(tmp_path / "new") == {
        "a": None,
        "a/b.py": b"code",
        "run.sh": b"#!/bin/sh\nexit 7\n",
        "data": None,
        "data/01_raw": None,
        "data/01_raw/data.bin": b"data",
        "conf": None,
        "conf/local": None,
    }
    assert os.waitstatus_to_exitcode(os.system(str(tmp_path / "new" / "run.sh"))) == 7


def test_only_plain_files_are_copied(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"secret")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()

    with new_folder(tmp_path / "new") as folder:
        for name, reason in (("link", "it is a link"), ("pipe", "no plain file"), ("folder", "no plain file")):
            with pytest.raises(RefusedFileError, match=reason):
                folder.copy(tmp_path / name, name, replace=False)
        with pytest.raises(RefusedFileError, match="no plain file"):
            folder.copy(Path("/dev/zero"), "zero", replace=False)

    assert everything_in(tmp_path / "new") == {}


def test_nothing_is_written_over_unless_it_is_to_be(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"newer")
    with new_folder(tmp_path / "new") as folder:
        folder.write("a", b"first")
        for path in ("a", "a/b"):
            with pytest.raises(RefusedFileError):
                folder.write(path, b"second")
        with pytest.raises(RefusedFileError):
            folder.copy(source, "a", replace=False)
        with pytest.raises(RefusedFileError):
            folder.make_folder("a")
        folder.make_folder("b")
        with pytest.raises(RefusedFileError):
            folder.copy(source, "b", replace=True)
        assert (tmp_path / "new" / "a").read_bytes() == b"first"
        folder.copy(source, "a", replace=True)

    assert (tmp_path / "new" / "a").read_bytes() == b"newer"


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    with new_folder(tmp_path / "new") as folder:
        assert folder.free_name("run", ".sh") == "run.sh"
        folder.write("Run.SH", b"")
        assert folder.free_name("run", ".sh") == "run-2.sh"
        folder.write("run-2.sh", b"")
        assert folder.free_name("run", ".sh") == "run-3.sh"


def test_an_empty_folder_is_taken_and_any_other_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with new_folder(tmp_path / "empty") as folder:
        folder.write("a", b"")

    with pytest.raises(FolderError, match="not empty"), new_folder(tmp_path / "empty"):
        pass
    with pytest.raises(FolderError, match="not a folder"), new_folder(tmp_path / "empty" / "a"):
        pass
    with pytest.raises(FolderError, match="not a folder"), new_folder(tmp_path / "empty" / "a" / "b"):
        pass
    assert everything_in(tmp_path) == {"empty": None, "empty/a": b""}


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt(), ValueError()])
@pytest.mark.parametrize("was_there", [False, True])
def test_a_failure_leaves_nothing(tmp_path: Path, error: BaseException, was_there: bool) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"kept")
    root = tmp_path / "new"
    if was_there:
        root.mkdir()

    def fail() -> None:
        with new_folder(root) as folder:
            folder.write("a/b/c", b"")
            (root / "link").symlink_to(outside)
            (root / "folders").symlink_to(tmp_path)
            raise error

    with pytest.raises((FolderError, KeyboardInterrupt, ValueError)):
        fail()

    assert everything_in(tmp_path) == {"outside": b"kept", **({"new": None} if was_there else {})}


def test_a_linked_folder_is_the_one_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with new_folder(tmp_path / "link") as folder:
        folder.write("a", b"1")

    assert (tmp_path / "real" / "a").read_bytes() == b"1"
