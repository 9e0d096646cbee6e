"""Whatever befalls the store: `kedro run` ends as it would, says once what is wrong, and its record is not lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kedro_viz.store.recording.spool import spool_folders
from tests.faults.kedro_process import WAYS, Outcome, run_kedro
from tests.faults.store_faults import FAULTS, FILL, HOLD, Fault, can_mount, held, permissions, small_disk
from tests.full_project import DEFAULT_NODES, UNDRAWN_NODES, record_of
from tests.run_records import RunRecord, records_in
from tests.viz_server import START_SECONDS, free_port, viz_server

RECORD = {
    "undrawn": record_of(*UNDRAWN_NODES),
    "failing": record_of(*UNDRAWN_NODES, "fail", status="failed"),
}
EARLIER = LATER = record_of("make_table")


def run(project: Path, pipeline: str, meanwhile: str = "") -> Outcome:
    """Run a pipeline of the project, with code for the middle of it."""
    store = project / "store" / "session_store.db"
    code = f"store = recorded = {str(store)!r}\n{meanwhile}" if meanwhile else ""
    return run_kedro(project, "--pipeline", pipeline, meanwhile=code)


def check_as_usual(outcome: Outcome, usual: Outcome, *words: str) -> None:
    """The run ended with its own exit code and output, and with one warning, which has the words."""
    assert outcome.code == usual.code
    assert outcome.said == usual.said
    [warning] = outcome.warnings
    for word in words:
        assert word in warning


def check_taken_in_by_next_run(project: Path, *expected: RunRecord) -> None:
    """The next run, of which nothing is to be said, makes the store whole."""
    store = project / "store" / "session_store.db"
    later = run_kedro(project, "--tags", "data")
    assert (later.code, later.warnings) == (0, [])
    assert list(records_in(store).values()) == [*expected, LATER]
    assert spooled(store) == []


def spooled(store: Path) -> list[Path]:
    return [path for folder in spool_folders(store) for path in folder.glob("*")]


def test_kedro_has_its_own_exit_codes(usual: dict[str, Outcome]) -> None:
    assert [usual[pipeline].code for pipeline in RECORD] == [0, 1]
    assert "did not <converge>" in usual["failing"].said


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.leaves_store], ids=lambda fault: fault.name)
def test_runs_end_as_usual_and_their_records_are_whole_in_the_end(
    project: Path, store: Path, usual: dict[str, Outcome], fault: Fault
) -> None:
    with fault.lasting(store):
        for pipeline in RECORD:
            check_as_usual(run(project, pipeline, fault.meanwhile), usual[pipeline], *fault.words)
    check_taken_in_by_next_run(project, EARLIER, *RECORD.values())


@pytest.mark.parametrize("pipeline", RECORD)
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if not fault.leaves_store], ids=lambda fault: fault.name)
def test_run_that_begins_a_new_store_ends_as_usual_and_is_whole_in_it(
    project: Path, store: Path, usual: dict[str, Outcome], fault: Fault, pipeline: str
) -> None:
    with fault.lasting(store):
        check_as_usual(run(project, pipeline, fault.meanwhile), usual[pipeline], *fault.words)
    check_taken_in_by_next_run(project, RECORD[pipeline])


# Holds the store until the run has saved its metrics.
HELD_FOR_A_WHILE = """
import subprocess, sys
saved = os.path.join(os.path.dirname(store), "..", "data", "09_tracking", "scores.json")
hold = hold.replace("sys.stdin.read()", f"import os, time\\nwhile not os.path.exists({saved!r}): time.sleep(0.01)")
holder = subprocess.Popen([sys.executable, "-c", hold, store], stdout=subprocess.PIPE, text=True)
assert holder.stdout.readline() == "held\\n"
"""


@pytest.mark.parametrize("way", ["undrawn", "undrawn in processes"])
def test_lock_that_is_gone_at_the_end_of_a_run_costs_nothing(
    project: Path, store: Path, usual: dict[str, Outcome], way: str
) -> None:
    code = f"store, hold = {str(store)!r}, {HOLD!r}\n{HELD_FOR_A_WHILE}"
    assert run_kedro(project, *WAYS[way], meanwhile=code) == usual[way]
    assert list(records_in(store).values()) == [EARLIER, RECORD["undrawn"]]
    assert spooled(store) == []


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_processes_of_one_run_warn_once(project: Path, store: Path, start_method: str) -> None:
    with held(store):
        outcome = run_kedro(project, "--runner", "ParallelRunner", env={"KEDRO_MP_CONTEXT": start_method})
    assert outcome.code == 0
    [warning] = outcome.warnings
    assert "locked by another process" in warning
    check_taken_in_by_next_run(project, EARLIER, record_of(*DEFAULT_NODES))


def test_where_nothing_can_be_written_the_loss_is_told(
    project: Path, store: Path, usual: dict[str, Outcome], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    with permissions(store.parent, 0o555), permissions(cache, 0o555):
        for pipeline in RECORD:
            check_as_usual(run(project, pipeline), usual[pipeline], "cannot be written", "is lost")
    check_taken_in_by_next_run(project, EARLIER)


@pytest.mark.skipif(not can_mount(), reason="only root can mount a small disk")
@pytest.mark.parametrize("pages", [0, 2, 5])
@pytest.mark.parametrize("meanwhile", [False, True], ids=["before", "meanwhile"])
def test_full_disk_ends_no_run_and_loses_no_record(
    project: Path, store: Path, usual: dict[str, Outcome], pages: int, *, meanwhile: bool
) -> None:
    fill = FILL.format(pages=pages)
    with small_disk(store.parent):
        if not meanwhile:
            exec(fill, {"os": os, "store": str(store)})
        for pipeline in RECORD:
            outcome = run(project, pipeline, fill if meanwhile else "")
            check_as_usual(outcome, usual[pipeline], "cannot be written", "taken in")
        (store.parent / "filler").unlink()
        check_taken_in_by_next_run(project, EARLIER, *RECORD.values())


def test_shared_folder_that_cannot_be_reached_is_told_and_the_record_stays(
    project: Path, store: Path, usual: dict[str, Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    [settings] = project.glob("src/*/settings.py")
    settings.write_text(f"{settings.read_text()}SESSION_STORE_ARGS['remote_path'] = 's3://team/experiments'\n")
    for name, value in {
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "nobody-knows",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}",
    }.items():
        monkeypatch.setenv(name, value)
    check_as_usual(run(project, "undrawn"), usual["undrawn"], "not shared", "Check `remote_path`")
    assert list(records_in(store).values()) == [EARLIER, RECORD["undrawn"]]


def test_record_that_is_not_in_the_store_is_not_shared_and_nothing_more_is_said(
    project: Path, store: Path, usual: dict[str, Outcome], tmp_path: Path
) -> None:
    [settings] = project.glob("src/*/settings.py")
    settings.write_text(f"{settings.read_text()}SESSION_STORE_ARGS['remote_path'] = {str(tmp_path / 'shared')!r}\n")
    with permissions(store, 0o444):
        check_as_usual(run(project, "undrawn"), usual["undrawn"], "cannot be written")
    assert not (tmp_path / "shared").exists()
    check_taken_in_by_next_run(project, EARLIER, RECORD["undrawn"])
    [shared] = (tmp_path / "shared").iterdir()
    assert len(records_in(shared)) == 3


def test_start_of_kedro_viz_takes_in_what_could_not_be_stored(project: Path, store: Path) -> None:
    with held(store):
        assert run(project, "undrawn").code == 0
    with viz_server(project):
        # The server answers before it has seen to the spool.
        deadline = time.monotonic() + START_SECONDS
        while spooled(store) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert list(records_in(store).values()) == [EARLIER, RECORD["undrawn"]]
