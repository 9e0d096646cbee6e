"""The memory that is told is this process's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kedro_viz.tracking.surroundings import memory
from kedro_viz.tracking.surroundings.memory import peak_memory

MEGABYTE = 1_000_000

TELL = "from kedro_viz.tracking.surroundings.memory import peak_memory; print(peak_memory())"


def peak_of(code: str) -> int:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_peak_is_the_most_that_was_held_at_a_time() -> None:
    ordinary = peak_of(TELL)
    after_much = peak_of(f"much = bytearray(b'x') * {300 * MEGABYTE}; del much; {TELL}")
    assert 2 * MEGABYTE < ordinary < 200 * MEGABYTE
    assert 300 * MEGABYTE < after_much < 600 * MEGABYTE


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells it apart")
def test_what_the_process_held_that_started_this_one_does_not_count() -> None:
    code = f"import subprocess, sys; much = bytearray(b'x') * {300 * MEGABYTE}\n"
    code += f"print(subprocess.run([sys.executable, '-c', {TELL!r}], capture_output=True, text=True).stdout)"
    assert peak_of(code) < 200 * MEGABYTE


def test_other_systems_tell_it_in_their_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_STATUS", "/no/such/file")
    peak = peak_memory()
    assert peak is not None
    assert peak > 2 * MEGABYTE


def test_where_the_system_does_not_tell_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_STATUS", "/no/such/file")
    monkeypatch.setitem(sys.modules, "resource", None)
    assert peak_memory() is None
