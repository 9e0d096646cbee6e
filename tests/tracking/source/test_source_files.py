"""A project's source files are gathered as they are: without secrets, within bounds, whatever lies in its folder."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from kedro_viz.tracking.packed_content import content_hash
from kedro_viz.tracking.source import source_files
from kedro_viz.tracking.source.source_files import SourceFiles, SourceRoot, gather_source_files
from kedro_viz.tracking.source.source_rules import SourceRules
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot
from tests.tracking.result_of import result_of


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def gather(folder: Path, rules: SourceRules | None = None, **root: str) -> SourceFiles:
    roots = [SourceRoot(folder, first=("src", "conf"), **root)]
    # A busy machine is slow, not wrong: no time passes here.
    return result_of(gather_source_files(roots, rules or SourceRules(), lambda: 0))


def paths(gathered: SourceFiles) -> list[str]:
    return [file.path for file in gathered.snapshot.files]


def kept(gathered: SourceFiles) -> dict[str, bytes]:
    """What is kept of each file."""
    return {file.path: gathered.contents[file.hash] for file in gathered.snapshot.files if file.hash is not None}


def file_of(gathered: SourceFiles, path: str) -> SourceFile:
    [file] = [file for file in gathered.snapshot.files if file.path == path]
    return file


def test_files_are_kept_as_they_are_and_named_by_what_they_hold(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.kedro]\r\n", "src/a/b.py": "x = 1\n", "conf/base/x.yml": "n: 3\n"})
    gathered = gather(tmp_path)
    assert kept(gathered) == {
        "pyproject.toml": b"[tool.kedro]\r\n",
        "src/a/b.py": b"x = 1\n",
        "conf/base/x.yml": b"n: 3\n",
    }
    assert file_of(gathered, "src/a/b.py") == SourceFile("src/a/b.py", 6, content_hash(b"x = 1\n"))
    assert gathered.snapshot.problem is None
    assert SourceSnapshot.from_json(gathered.snapshot.to_json()).to_json() == gathered.snapshot.to_json()


def test_same_files_are_the_same_snapshot_wherever_they_lie(tmp_path: Path) -> None:
    files = {"src/a.py": "x = 1\n", "src/b.py": "x = 1\n", "README.md": "Read me\n"}
    one, other = gather(write(tmp_path / "one", files)), gather(write(tmp_path / "other", files))
    assert one.snapshot.to_json() == other.snapshot.to_json()
    assert len(one.contents) == 2, "the same content is there once"


def test_project_files_come_first_then_code_and_configuration(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["a/x.py", "src/b/x.py", "src/a/x.py", "z.txt", "conf/x.yml", "b/x.py", "y.txt"], ""))
    assert paths(gather(tmp_path)) == [
        "y.txt", "z.txt", "src/a/x.py", "src/b/x.py", "conf/x.yml", "a/x.py", "b/x.py"
    ]  # fmt: skip


LEFT_OUT = [
    ".git/config", ".venv/x.py", ".idea/x.xml", "src/.ipynb_checkpoints/x.py", "src/__pycache__/x.pyc",
    "a/node_modules/x.js", ".mypy_cache/x.json", "src/a.egg-info/PKG-INFO", "data/01_raw/x.txt", "logs/x.txt",
    "conf/local/x.yml", "environment/bin/x.py", "conda/x.py",
]  # fmt: skip


def test_what_is_no_source_is_not_even_named(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(LEFT_OUT, ""))
    write(tmp_path, {"environment/pyvenv.cfg": "", "conda/conda-meta/history": ""})
    told = ["src/data/x.py", "src/logs/x.py", "src/conf/local/x.py", "pyvenv.cfg", ".gitignore"]
    write(tmp_path, dict.fromkeys(told, ""))
    assert sorted(paths(gather(tmp_path))) == sorted(told)


def test_folder_of_configuration_may_have_another_name(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["settings/local/x.yml", "settings/x.yml"], ""))
    assert paths(gather(tmp_path, SourceRules(configuration="settings"))) == ["settings/x.yml"]


def test_session_store_is_no_source(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["runs/my.db", "runs/my.db-wal", "runs/my.db.spool/x.jsonl", "runs/x.txt"], ""))
    assert paths(gather(tmp_path, SourceRules(store=tmp_path / "runs" / "my.db"))) == ["runs/x.txt"]


@pytest.mark.parametrize(
    "path",
    [
        "conf/base/credentials.yml", "conf/prod/credentials_db.yml", "conf/base/Credentials.yml",
        "conf/credentials/x.yml", "src/credentials.py", ".env", "src/.env.local", "prod.env", ".netrc",
        "key.pem", "a/id_rsa", "secrets.toml",
    ],
)  # fmt: skip
def test_file_that_is_there_to_hold_secrets_is_only_named(tmp_path: Path, path: str) -> None:
    gathered = gather(write(tmp_path, {path: "anything: hunter2\n"}))
    assert file_of(gathered, path) == SourceFile(path, 18, problem="It may hold secrets.")
    assert gathered.contents == {}


def test_secrets_in_source_are_not_kept(tmp_path: Path) -> None:
    gathered = gather(write(tmp_path, {"src/a.py": "password = 'hunter2'\n", "src/b.py": "n = 1\n"}))
    assert kept(gathered)["src/a.py"] == b"password = '[redacted]'\n"
    assert file_of(gathered, "src/a.py").redacted
    assert file_of(gathered, "src/a.py").size == 21, "the size is the file's own"
    assert not file_of(gathered, "src/b.py").redacted


def test_data_is_only_named_except_beside_code_and_configuration(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["notebooks/people.csv", "src/a/units.csv", "conf/base/units.tsv"], "a,b\n"))
    gathered = gather(tmp_path)
    assert file_of(gathered, "notebooks/people.csv").problem == "It is data, not source."
    assert set(kept(gathered)) == {"src/a/units.csv", "conf/base/units.tsv"}


@pytest.mark.parametrize(
    ("content", "is_kept"),
    [
        (b"", True),
        ("# é\n".encode("latin-1"), True),
        ("\ufeff# BOM\n".encode(), True),
        ("x = 1\n".encode("utf-16"), True),
        (b"\xff\xfe\x00", False),
        (b"\x89PNG\r\n\x1a\n\x00\x00", False),
        (b"\x00" * 100, False),
        (b"x" * 1_000_000, True),
        (b"x" * 1_000_001, False),
    ],
    ids=["empty", "latin-1", "BOM", "UTF-16", "broken UTF-16", "picture", "zeros", "large", "too large"],
)
def test_what_is_no_text_or_too_large_is_only_named(tmp_path: Path, content: bytes, is_kept: bool) -> None:
    gathered = gather(write(tmp_path, {"x.py": content}))
    file = file_of(gathered, "x.py")
    assert file.size == len(content)
    assert (file.problem is None) is is_kept
    assert kept(gathered) == ({"x.py": content} if is_kept else {})


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_secret_is_found_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    content = kept(gather(write(tmp_path, {"x.py": "# é\npassword = 'hunter2'\n".encode(encoding)})))["x.py"]
    assert content.decode(encoding) == "# é\npassword = '[redacted]'\n"


def test_what_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by permissions: root may read everything.
    write(tmp_path, {"a.py": "", "b/x.py": "", "c.py": ""})
    scandir, opened = os.scandir, Path.open

    def refuse_folder(path: Path) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def refuse_file(path: Path, mode: str) -> object:
        if path.name == "a.py":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(os, "scandir", refuse_folder)
    monkeypatch.setattr(Path, "open", refuse_file)
    problems = {file.path: file.problem for file in gather(tmp_path).snapshot.files}
    assert problems == {
        "a.py": "It could not be read: Permission denied.",
        "b": "This folder could not be read: Permission denied.",
        "c.py": None,
    }


def test_links_are_followed_inside_the_project_only_and_never_to_folders(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"x.py": "secret = 1\n", "folder/y.py": ""})
    project = write(tmp_path / "project", {"src/a.py": "x = 1\n", "src/folder/y.py": "", "conf/local/x.yml": "n: 1\n"})
    write(project, {"conf/base/credentials.yml": "a: hunter2\n"})
    links = {
        "inside.py": project / "src" / "a.py",
        "out.py": outside / "x.py",
        "out_folder": outside / "folder",
        "folder": project / "src" / "folder",
        "loop": project,
        "src/loop": project / "src",
        "to_itself": project / "to_itself",
        "nowhere.py": project / "no_such_file",
        "local.yml": project / "conf" / "local" / "x.yml",
        "plain.txt": project / "conf" / "base" / "credentials.yml",
    }
    for name, target in links.items():
        (project / name).symlink_to(target)
    gathered = gather(project)
    assert kept(gathered) == {"inside.py": b"x = 1\n", "src/a.py": b"x = 1\n", "src/folder/y.py": b""}
    assert {file.path: file.problem for file in gathered.snapshot.files if file.problem} == {
        "conf/base/credentials.yml": "It may hold secrets.",
        "folder": "A link to something that is no file.",
        "loop": "A link to something that is no file.",
        "nowhere.py": "A link to something that is no file.",
        "out.py": "A link that leads out of the project.",
        "out_folder": "A link that leads out of the project.",
        "src/loop": "A link to something that is no file.",
        "to_itself": "A link to something that is no file.",
    }


def test_project_that_is_reached_by_a_link_is_read(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {"src/a.py": "x = 1\n"})
    (project / "b.py").symlink_to(project / "src" / "a.py")
    (tmp_path / "link").symlink_to(project)
    assert set(kept(gather(tmp_path / "link"))) == {"src/a.py", "b.py"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_pipe_does_not_hold_the_gathering_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "link.py").symlink_to(tmp_path / "pipe.py")
    assert kept(gather(write(tmp_path, {"a.py": ""}))) == {"a.py": b""}


def test_name_that_is_no_text_is_told_as_well_as_can_be(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    (tmp_path / name).write_text("x = 1\n")
    gathered = gather(tmp_path)
    assert paths(gathered) == ["caf\\udce9.py"]
    gathered.snapshot.to_json().encode()


def test_files_and_folders_that_vanish_meanwhile_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {f"src/{n}/{m}.py": "" for n in range(3) for m in range(3)})
    steps = itertools.count()

    def remove() -> None:
        if next(steps) == 3:
            shutil.rmtree(tmp_path / "src" / "0")
            shutil.rmtree(tmp_path / "src" / "2")

    roots = [SourceRoot(tmp_path, first=("src",))]
    gathered = result_of(gather_source_files(roots, SourceRules()), remove)
    assert paths(gathered) == ["src/0/0.py", "src/1/0.py", "src/1/1.py", "src/1/2.py"]
    assert result_of(gather_source_files([SourceRoot(tmp_path / "nowhere")], SourceRules())).snapshot.files == []


def test_ten_thousand_files_are_told_within_bounds(tmp_path: Path) -> None:
    write(tmp_path, {f"src/{n % 100}/{n}.py": "" for n in range(10_000)})
    gathered = gather(tmp_path)
    assert len(gathered.snapshot.files) == source_files.MAX_FILES
    assert gathered.snapshot.problem == "There are more than 5,000 files: the others are not told."


def test_files_that_are_too_large_in_all_are_only_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_files, "MAX_BYTES", 3_000_000)
    write(tmp_path, {f"{n}.txt": str(n) * 900_000 for n in range(5)} | {"z.txt": "small"})
    gathered = gather(tmp_path)
    assert set(kept(gathered)) == {"0.txt", "1.txt", "2.txt", "z.txt"}
    assert gathered.snapshot.problem == "The files are larger than 3 MB in all: not all of them are kept."
    assert file_of(gathered, "3.txt").problem == "The files before it have 3 MB already."


def test_gathering_ends_in_time(tmp_path: Path) -> None:
    write(tmp_path, {f"{n}.py": "" for n in range(10)})
    seconds = itertools.count()
    gathered = result_of(gather_source_files([SourceRoot(tmp_path)], SourceRules(), lambda: next(seconds)))
    assert 0 < len(gathered.snapshot.files) < 6
    assert gathered.snapshot.problem == "There are more files than could be read within 5 s."


def test_folder_with_too_many_files_is_only_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_files, "MAX_ENTRIES", 5)
    write(tmp_path, {f"many/{n}.py": "" for n in range(6)} | {"src/a.py": ""})
    problems = {file.path: file.problem for file in gather(tmp_path).snapshot.files}
    assert problems == {"src/a.py": None, "many": "This folder holds more than 5 files."}


def test_package_from_elsewhere_is_told_as_the_source_that_ran(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {"src/mine/old.py": "", "src/other/a.py": "", "x.txt": ""})
    package = write(tmp_path / "lib" / "mine", {"__init__.py": "", "nodes.py": "n = 1\n"})
    roots = [SourceRoot(project, passes_over="src/mine"), SourceRoot(package, prefix="src/mine/")]
    gathered = result_of(gather_source_files(roots, SourceRules()))
    assert sorted(paths(gathered)) == ["src/mine/__init__.py", "src/mine/nodes.py", "src/other/a.py", "x.txt"]


def git(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


RULES = {
    ".gitignore": "*.tmp\n/top.txt\nbuild/\n!keep.tmp\n# a comment\n\nsrc/**/gen_*.py\n\\#odd\nnotes/*\n"
    "!notes/mine.md\n",
    "src/.gitignore": "*.gen\n!important.tmp\n/local.py\n",
    "src/deep/.gitignore": "!*.gen\nonly_here.py\n*.tmp",
    "docs/.gitignore": "*\n!.gitignore\n!index.md\n",
    "broken/.gitignore": "!\n*.bad\n",
}
TREE = [
    "top.txt", "a/top.txt", "x.tmp", "keep.tmp", "build/x.py", "a/build/x.py", "buildings/x.py", "#odd", "a/#odd",
    "notes/yours.md", "notes/mine.md", "src/a.gen", "src/important.tmp", "src/x.tmp", "src/local.py", "src/a/local.py",
    "src/a/gen_x.py", "src/gen_y.py", "gen_z.py", "src/deep/a.gen", "src/deep/important.tmp", "src/deep/only_here.py",
    "only_here.py", "src/deep/er/only_here.py", "docs/index.md", "docs/other.md", "docs/a/index.md", "broken/x.bad",
    "broken/x.py", "excluded.md", "a/excluded.md",
]  # fmt: skip


@pytest.mark.parametrize("project", ["", "projects/mine"], ids=["the repository itself", "a folder of a repository"])
def test_what_git_ignores_is_left_out_as_git_itself_does(tmp_path: Path, project: str) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {".git/info/exclude": "excluded.md\n", ".gitignore": "from_above.*\n"})
    folder = tmp_path / project
    write(folder, dict.fromkeys([*TREE, "from_above.py"], ""))
    write(folder, {**RULES, ".gitignore": RULES[".gitignore"] + "from_above.*\n"} if not project else RULES)
    expected = git(folder, "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard")
    assert sorted(paths(gather(folder))) == sorted(path.strip('"') for path in expected)


def test_project_that_is_ignored_as_a_whole_is_gathered_all_the_same(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {".gitignore": "scratch/\n", "scratch/mine/src/a.py": "", "scratch/mine/.gitignore": "*.tmp\n"})
    write(tmp_path, {"scratch/mine/x.tmp": ""})
    assert sorted(paths(gather(tmp_path / "scratch" / "mine"))) == [".gitignore", "src/a.py"]


def test_rules_that_are_no_file_or_no_text_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a/.gitignore/x": "", "a/x.py": "", "b/.gitignore": b"\xff\xfe\x00*.py\n*.tmp\n", "b/x.tmp": ""})
    assert {"a/x.py"} <= set(paths(gather(tmp_path)))
    assert "b/x.tmp" not in paths(gather(tmp_path))
