"""How much longer does `kedro run` take where its session store is in trouble?

Brings about each fault that the tests know (tests/faults/store_faults.py), and some of the shared folder, for runs of a
small project, and takes turns with runs of which the store is sound. What a fault itself takes that is brought about in
the middle of a run counts for neither: the other run does the same to a copy of the store.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from server import free_port
from table import print_table
from tests.faults.kedro_process import run_kedro
from tests.faults.store_faults import FAULTS, FILL, can_mount, permissions, small_disk
from tests.full_project import make_full_project
from tests.projects import STORE_SETTINGS

SHARED = "SESSION_STORE_ARGS['remote_path'] = 's3://team/experiments'\n"


@dataclass(frozen=True)
class Trouble:
    """A fault to measure.

    Attributes:
        name: Its name.
        lasting: Brings it about for the time of a context. Given the store's file.
        meanwhile: Code that brings it about in the middle of a run. It has the store as `store`, and as `recorded` the
            file that the run is recorded in.
        env: Environment variables of the run.
        settings: What stands at the end of `settings.py`, in the usual run too.
    """

    name: str
    lasting: Callable[[Path], AbstractContextManager[object]] = nullcontext
    meanwhile: str = ""
    env: Callable[[], dict[str, str]] = dict
    settings: str = ""


@contextlib.contextmanager
def full_disk(store: Path) -> Iterator[None]:
    """The store's disk is full."""
    with small_disk(store.parent):
        exec(FILL.format(pages=0), {"os": os, "store": str(store)})
        yield


@contextlib.contextmanager
def nowhere_to_write(store: Path) -> Iterator[None]:
    """Neither the store's folder nor the cache can be written."""
    cache = Path(os.environ["XDG_CACHE_HOME"])
    cache.mkdir()
    with permissions(store.parent, 0o555), permissions(cache, 0o555):
        yield
    cache.rmdir()


def refusing() -> dict[str, str]:
    """Where no server listens."""
    return {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}


_silent = socket.socket()


def silent() -> dict[str, str]:
    """Where a server takes connections and says nothing."""
    with contextlib.suppress(OSError):
        _silent.bind(("127.0.0.1", 0))
        _silent.listen()
    return {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{_silent.getsockname()[1]}"}


def troubles() -> list[Trouble]:
    """All that can be measured here."""
    found = [Trouble(fault.name, fault.lasting, fault.meanwhile) for fault in FAULTS]
    if can_mount():
        found.append(Trouble("full disk", full_disk))
        found.append(Trouble("disk full meanwhile", lambda store: small_disk(store.parent), FILL.format(pages=0)))
    else:
        print("Only root can fill a small disk: that is not measured.", file=sys.stderr)
    found.append(Trouble("nowhere to write", nowhere_to_write))
    found.append(Trouble("shared folder refuses", env=refusing, settings=SHARED))
    found.append(Trouble("shared folder is silent", env=silent, settings=SHARED))
    return found


def seconds_of(template: Path, folder: Path, trouble: Trouble, *, sound: bool) -> tuple[float, int]:
    """How long a run takes, and how often it warns."""
    project = folder / "project"
    shutil.copytree(template, project)
    store = project / "store" / "session_store.db"
    copy = folder / "copy" / store.name
    shutil.copytree(store.parent, copy.parent)
    copy.with_name(f"{copy.name}-wal").touch()
    (settings,) = project.glob("src/*/settings.py")
    settings.write_text(settings.read_text() + ("" if sound else trouble.settings))
    files = f"recorded = {str(store)!r}\nstore = {str(copy if sound else store)!r}\n"
    code = files + trouble.meanwhile if trouble.meanwhile else ""
    if sound and "filler" in trouble.meanwhile:
        # There is no small disk to be filled.
        code = ""
    try:
        with nullcontext() if sound else trouble.lasting(store):
            started_at = time.perf_counter()
            outcome = run_kedro(project, "--pipeline", "undrawn", meanwhile=code, env={} if sound else trouble.env())
            seconds = time.perf_counter() - started_at
    finally:
        shutil.rmtree(project)
        shutil.rmtree(copy.parent, ignore_errors=True)
    if outcome.code != 0:
        raise SystemExit(f"A run failed ({trouble.name}):\n{outcome.said}")
    return seconds, len(outcome.warnings)


def measure(template: Path, folder: Path, trouble: Trouble, times: int) -> Sequence[str]:
    """One row of the table."""
    usual, troubled, warnings = [], [], set()
    for _ in range(times):
        usual.append(seconds_of(template, folder, trouble, sound=True)[0])
        seconds, warned = seconds_of(template, folder, trouble, sound=False)
        troubled.append(seconds)
        warnings.add(warned)
    extra = [with_it - without for with_it, without in zip(troubled, usual, strict=True)]
    return [
        trouble.name,
        f"{statistics.median(usual):.2f} s",
        f"{statistics.median(troubled):.2f} s",
        f"{statistics.median(extra):+.2f} s",
        f"{min(extra):+.2f} … {max(extra):+.2f} s",
        ", ".join(map(str, sorted(warnings))),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5, help="how often each (default: %(default)s)")
    times = parser.parse_args().times
    os.environ |= {"DO_NOT_TRACK": "1", "AWS_ACCESS_KEY_ID": "someone", "AWS_SECRET_ACCESS_KEY": "nobody-knows"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        template = make_full_project(folder / "template", settings=STORE_SETTINGS.replace('"data"', '"store"'))
        run_kedro(template, "--tags", "data")
        rows = []
        for trouble in troubles():
            rows.append(measure(template, folder, trouble, times))
            shutil.rmtree(folder / "cache", ignore_errors=True)
            print(f"\r{trouble.name:40}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    print_table(
        f"`kedro run` in trouble, {times} pairs each, medians",
        ["", "usual", "in trouble", "extra", "extra from … to", "warnings"],
        rows,
    )


if __name__ == "__main__":
    main()
