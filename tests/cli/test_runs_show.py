"""`kedro viz runs show`: what it tells of a run, to people and to programs, and that no run can harm a terminal."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunContext,
    RunEnded,
    RunStarted,
    SeriesLogged,
    TrackedFile,
)
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure, RunStatus
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment, Package
from kedro_viz.tracking.surroundings.machine import process_space
from tests.cli.run_commands import STORE, in_a_terminal, kedro, project_in, refused, viz_runs
from tests.faults.store_faults import permissions
from tests.projects import make_project
from tests.store.stores import METRICS_TYPE, ended, started, write

RUN = "2024-05-01T12.30.45.678Z"
BEGUN = 1_714_566_645_678

FINGERPRINT = "full:0123456789abcdef"
METRICS = {"r2": 0.912345678, "n": float("nan")}

# An escape sequence that clears the screen, one of a single character, a text turned round, and a line of its own.
HOSTILE = "a\x1b[2Jb\x9b31mc\u202ed\ne"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return project_in(tmp_path / "project", monkeypatch)


def context_of(run: str) -> RunContext:
    """All that a run can run with."""
    diff = b"diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -1 +1,2 @@\n-old\n+new\n+newer\n"
    files = [
        SourceFile("src/x.py", 4, content_hash(b"code")),
        SourceFile("conf/base/parameters.yml", 9, content_hash(b"parameter"), redacted=True),
        SourceFile("large.bin", 5_000_000, problem="It is larger than 1 MB."),
    ]
    environment = Environment(
        "3.12.4", "CPython", "Linux x86_64", [Package("kedro", "1.2.3"), Package("pandas", "2.2")]
    )
    configuration = Configuration({"tags": ["a"]}, {"model": {"rate": 0.5}}, {"cars": {"type": "csv"}})
    contents = {
        "git_diff": diff,
        "source": SourceSnapshot(files).to_json().encode(),
        "environment": environment.to_json().encode(),
        "configuration": configuration.to_json().encode(),
    }
    packed = {content_hash(data): base64.b64encode(pack(data)).decode() for data in (b"code", *contents.values())}
    names = {name: content_hash(data) for name, data in contents.items()}
    return RunContext(run, git_remote="git@example.org:team/cars.git", contents=packed, **names)


def whole_run(run: str = RUN, text: str = "") -> list[Event]:
    """A failed run with everything that a record can have; each text of a user's ends with `text`."""
    trace = "\n".join(f"line {number}{text}" for number in range(30))
    failure = RunFailure("ValueError", f"It is no number.{text}", trace)
    return [
        RunStarted(
            run,
            BEGUN,
            "{}",
            author=f"ada{text}",
            command=f"kedro run --params rate=0.5{text}",
            pipeline="__default__",
            env="local",
            runner="SequentialRunner",
            kedro_version="1.2.3",
            project="Shuttles",
            git_sha="abc1234",
            git_branch=f"main{text}",
            git_dirty=True,
            parameters=[Parameter("model.rate", "0.5"), Parameter(f"name{text}", json.dumps(f"forest{text}"))],
            nodes=["split", f"train{text}", "evaluate"],
        ),
        context_of(run),
        DataUsed(run, "cars", False, "pandas.csv_dataset.CSVDataset", "/p/data/cars.csv", None, 2_100, FINGERPRINT),
        NodeStarted(run, "split", BEGUN),
        NodeEnded(run, "split", BEGUN + 1_000, peak_memory=150_000_000),
        DataUsed(run, f"model{text}", True, "pickle.PickleDataset", f"/p/data/m.pkl{text}", run, 99, "sampled:ff"),
        DatasetSaved(run, "scores", METRICS_TYPE, "p", [TrackedFile("scores.json", 9)], METRICS),
        DatasetSaved(run, "columns", "tracking.json_dataset.JSONDataset", "p", document='{"a": [1, NaN]}'),
        SeriesLogged(run, f"loss{text}", "1", [0, 1, 2], [0.5, 0.125, 0.25], [BEGUN, BEGUN + 1, BEGUN + 2]),
        NodeStarted(run, f"train{text}", BEGUN + 1_000),
        NodeFailed(run, f"train{text}", BEGUN + 4_000),
        RunEnded(run, BEGUN + 4_000, RunStatus.FAILED, failure, 150_000_000),
    ]  # fmt: skip


def shown(*arguments: str) -> str:
    result = viz_runs("show", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_all_that_is_recorded_is_told(project: Path) -> None:
    write(project / STORE, *whole_run())

    told = shown(RUN)

    sections = [line for line in told[told.index(RUN) :].splitlines() if line and not line.startswith(" ")][1:]
    assert sections == [
        *("Error", "Nodes", "Metrics", "Series", "Parameters", "JSON", "Data in", "Data out", "Environment", "Code"),
    ]
    for line in (
        "failed after 4.00 s",
        "kedro run --params rate=0.5",
        "ValueError in the node train",
        "It is no number.",
        "line 29",
        "scores.r2  0.912346",
        "scores.n   NaN",
        "loss  0.25 at step 2, 3 points, from 0.125 to 0.5",
        "model.rate  0.5",
        '{"a": [1, NaN]}',
        "cars  CSVDataset  2.1 kB  full:01234567",
        "/p/data/cars.csv",
        "/p/data/m.pkl  version of this run",
        "CPython 3.12.4 on Linux x86_64",
        "kedro 1.2.3, 2 packages in all",
        "abc1234 on main, with changes that were not committed",
        "git@example.org:team/cars.git",
        "1 file, 2 lines added, 1 removed",
        "2 files kept, 13 B, 1 with secrets replaced, 1 not kept",
    ):
        assert line in told, line


def test_nodes_are_drawn_where_they_stand_in_the_run(project: Path) -> None:
    write(project / STORE, *whole_run())

    split, train, evaluate = shown(RUN).split("Nodes\n")[1].splitlines()[:3]

    assert re.fullmatch(r"  split +1\.00 s  █{5}", split)
    assert re.fullmatch(r"  train  failed +3\.00 s   {5}█{15}", train)
    assert evaluate.strip() == "evaluate  skipped"


def test_a_run_with_nothing_but_its_session_is_shown(project: Path) -> None:
    write(project / STORE, started("old"), ended("old"))

    assert "succeeded after 1.00 s" in shown("old")


def test_json_has_everything_by_names_that_stay(project: Path) -> None:
    write(project / STORE, *whole_run())

    told = json.loads(shown(RUN, "--format", "json"))

    assert list(told) == [
        *("id", "title", "notes", "bookmark", "status", "started_at", "ended_at", "duration", "author", "command"),
        *(
            "project",
            "pipeline",
            "env",
            "runner",
            "kedro_version",
            "peak_memory",
            "error",
            "git",
            "nodes",
            "metrics",
            "series",
        ),
        *("parameters", "json", "data", "files", "environment", "configuration", "source"),
    ]
    assert told["status"] == "failed"
    assert told["project"] == "Shuttles"
    assert told["started_at"] == "2024-05-01T12:30:45.678Z"
    assert told["error"]["node"] == "train"
    assert told["error"]["traceback"].startswith("line 0\n")
    assert told["git"]["diff"].startswith("diff --git")
    assert told["nodes"][0] == {
        "name": "split",
        "status": "succeeded",
        "started_at": "2024-05-01T12:30:45.678Z",
        "ended_at": "2024-05-01T12:30:46.678Z",
        "duration": 1.0,
        "peak_memory": 150_000_000,
    }
    assert told["metrics"] == [
        {"id": "scores.r2", "dataset": "scores", "key": "r2", "value": 0.912345678},
        {"id": "scores.n", "dataset": "scores", "key": "n", "value": "NaN"},
    ]
    assert told["series"][0]["values"] == [0.5, 0.125, 0.25]
    assert told["parameters"] == {"model.rate": 0.5, "name": "forest"}
    assert told["json"] == {"columns": {"a": [1, "NaN"]}}
    assert told["data"]["loaded"][0]["fingerprint"] == FINGERPRINT
    assert told["data"]["saved"][0]["version"] == RUN
    assert told["files"][-1]["name"] == "scores.json"
    assert told["environment"]["packages"][1] == {"name": "pandas", "version": "2.2", "source": None}
    assert told["configuration"]["parameters"] == {"model": {"rate": 0.5}}
    assert {file["path"] for file in told["source"]["files"]} == {"src/x.py", "conf/base/parameters.yml", "large.bin"}


def test_json_can_be_written_to_a_file_without_kedros_messages(project: Path) -> None:
    write(project / STORE, *whole_run())

    assert shown(RUN, "--format", "json", "--output", "run.json") == ""

    assert json.loads((project / "run.json").read_text())["id"] == RUN
    assert "cannot be written" in refused("show", RUN, "-o", str(project / "nowhere" / "run.json"))


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_of_a_run_reaches_the_terminal_as_more_than_text(project: Path, form: str) -> None:
    write(project / STORE, *whole_run(text=HOSTILE))

    told = shown(RUN, "--format", form)

    assert not set(told) & {"\x1b", "\x9b", "\u202e"}
    assert "a\\x1b[2Jb" in told or "a\\u001b[2Jb" in told
    assert "[bold]" not in told


def test_rich_markup_in_a_name_is_only_text(project: Path) -> None:
    write(project / STORE, *whole_run(text="[bold red]:smile:[/]"))

    assert "train[bold red]:smile:[/]" in shown(RUN)


@pytest.mark.parametrize("data", ["no JSON", "[" * 100_000, "[" * 500 + "]" * 500])
def test_a_document_that_cannot_be_read_does_not_hide_the_run(project: Path, data: str) -> None:
    write(
        project / STORE, started(RUN), DatasetSaved(RUN, "odd", "tracking.json_dataset.JSONDataset", "p", document=data)
    )

    assert shown(RUN).strip()
    assert "odd" in json.loads(shown(RUN, "--format", "json"))["json"]


def test_a_time_that_no_calendar_has_does_not_hide_the_run(project: Path) -> None:
    write(project / STORE, started(RUN, 2**62), ended(RUN, 2**62 + 1))

    assert "ms" in shown(RUN)
    assert json.loads(shown(RUN, "--format", "json"))["started_at"] is None


def test_a_terminal_of_80_columns_is_enough(project: Path) -> None:
    words = [f"word-{number}" for number in range(12)]
    many = RunStarted(RUN, BEGUN, "{}", parameters=[Parameter("words of one parameter", json.dumps(words))])
    write(project / STORE, *whole_run(text=" and a very long name that goes on and on " * 3), many)

    printed = in_a_terminal(project, ["viz", "runs", "show", RUN], columns=80)

    told = printed[printed.index(RUN) :]
    assert "\x1b[1;31mfailed" in told, "a terminal gets colours"
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told)
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 80
    assert "ValueError" in plain
    assert all(word in plain for word in words), "nothing is cut off at the edge"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_unicode_gets_other_bars(project: Path, encoding: str) -> None:
    write(project / STORE, *whole_run(text="日本"))

    told = kedro(project, "viz", "runs", "show", RUN, PYTHONIOENCODING=encoding)

    assert told.returncode == 0, told.stderr
    assert "######" in told.stdout
    assert "train??" in told.stdout


def test_a_run_is_named_by_the_beginning_of_its_id(project: Path) -> None:
    write(project / STORE, started("2024-05-01T12"), started("2024-06-01T12", 3000), started("2024-06-02T12", 2000))

    assert shown("2024-05").startswith("2024-05-01T12")
    assert shown("2024-06-02T12").startswith("2024-06-02T12")
    assert shown("latest").startswith("2024-06-01T12"), "the run that began last, whatever its id"


def test_a_whole_id_is_meant_though_others_begin_with_it(project: Path) -> None:
    write(project / STORE, started("run"), started("run-2"))

    assert shown("run").startswith("run\n")


def test_several_runs_that_begin_so_are_listed(project: Path) -> None:
    write(project / STORE, *(started(f"2024-05-{day:02}") for day in range(1, 10)))

    told = refused("show", "2024-05")

    assert "9 runs have an id that begins with '2024-05'. Type more of it:" in told
    assert told.count("  2024-05-0") == 5
    assert "and 4 more" in told


def test_an_unknown_run_is_told_with_the_nearest_ones(project: Path) -> None:
    write(project / STORE, started("2024-05-01"), started("2024-05-02"), started("2023-01-01"))

    told = refused("show", "2024-05-31\x1b[2J")

    assert "There is no run '2024-05-31\\x1b[2J'" in told
    assert "  2024-05-01\n" in told
    assert "  2024-05-02\n" in told
    assert "2023" not in told


def test_an_id_that_is_no_text_is_an_unknown_one(project: Path) -> None:
    write(project / STORE, started("2024-05-01"))

    assert "There is no run" in refused("show", "2024\udcff")


def test_without_runs_the_command_says_how_to_get_one(project: Path) -> None:
    assert "`kedro run` makes" in refused("show", "latest")
    assert not (project / STORE).exists(), "nothing is made by looking"


def test_without_a_store_it_says_which_lines_to_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make_project(tmp_path / "plain", settings="", package="plain_for_show"))

    told = refused("show", "latest")

    assert "src/plain_for_show/settings.py" in told
    assert "SESSION_STORE_CLASS = SQLiteStore" in told


def test_outside_of_a_project_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert "There is no Kedro project in" in refused("show", "latest")


def test_a_damaged_store_is_told_and_left_as_it_is(project: Path) -> None:
    (project / STORE).write_bytes(b"no database at all" * 100)

    assert "is damaged" in refused("show", "latest")
    assert (project / STORE).read_bytes().startswith(b"no database")
    assert [path.name for path in (project / "data").iterdir()] == ["session_store.db"]


def test_a_newer_store_is_told_with_the_remedy(project: Path) -> None:
    write(project / STORE, started(RUN))
    with closing(sqlite3.connect(project / STORE)) as connection, connection:
        connection.execute("UPDATE schema_version SET version = 99")

    assert "pip install -U kedro-viz" in refused("show", RUN)


def test_a_store_that_may_only_be_read_is_read(project: Path) -> None:
    write(project / STORE, *whole_run())
    with permissions(project / STORE, 0o400), permissions(project / "data", 0o500):
        told = kedro(project, "viz", "runs", "show", RUN)

    assert told.returncode == 0, told.stderr
    assert "ValueError in the node train" in told.stdout


def test_a_store_that_cannot_be_read_is_told(project: Path) -> None:
    (project / STORE).mkdir()

    assert "Check that you may read it" in refused("show", RUN)


def test_a_store_that_another_program_holds_is_told(project: Path) -> None:
    write(project / STORE, *whole_run())
    # As a database browser does in the middle of an edit, where there is no write-ahead log.
    with closing(sqlite3.connect(project / STORE, isolation_level=None)) as holder:
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        assert "Close the program that holds it open" in refused("show", RUN)


def test_a_run_whose_process_has_vanished_is_told_as_lost(project: Path) -> None:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    write(project / STORE, started(RUN, host=process_space(), process=done.pid))

    assert "lost" in shown(RUN)
