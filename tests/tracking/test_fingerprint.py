"""A fingerprint tells the same data from different data, whatever is at a path, and reads little of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kedro_viz.tracking.fingerprint import MAX_ENTRIES, MAX_WHOLE_BYTES, Fingerprint, QuickFingerprints, fingerprint

LARGE = 5 * MAX_WHOLE_BYTES


def of(path: Path) -> Fingerprint:
    found = fingerprint(path)
    assert found is not None
    return found


@pytest.fixture
def large_file(tmp_path: Path) -> Path:
    path = tmp_path / "large"
    path.write_bytes(bytes(LARGE))
    return path


def test_file_is_told_by_all_that_is_in_it(tmp_path: Path) -> None:
    path, same, other = (tmp_path / name for name in ("a.csv", "elsewhere.csv", "b.csv"))
    path.write_bytes(b"x" * MAX_WHOLE_BYTES)
    same.write_bytes(path.read_bytes())
    os.utime(same, (0, 0))
    other.write_bytes(b"x" * (MAX_WHOLE_BYTES // 2) + b"y" + b"x" * (MAX_WHOLE_BYTES // 2 - 1))
    assert of(path) == of(same), "neither its name nor its time counts"
    assert of(path).size == of(other).size == MAX_WHOLE_BYTES
    assert of(path).text != of(other).text
    assert of(path).text.startswith("full:")


def test_empty_file_has_a_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    assert of(path).size == 0
    assert of(path).text.startswith("full:")


# From the beginning, in the middle (where the eighth of sixteen blocks begins), and at the end.
@pytest.mark.parametrize("position", [0, 7 * (LARGE - 16_384) // 15, LARGE - 1])
def test_large_file_is_told_by_its_size_and_samples(large_file: Path, position: int) -> None:
    before = of(large_file)
    assert before.text.startswith("sampled:")
    with large_file.open("r+b") as file:
        file.seek(position)
        file.write(b"!")
    assert of(large_file).text != before.text


def test_large_file_that_grows_is_another(large_file: Path) -> None:
    before = of(large_file)
    with large_file.open("ab") as file:
        file.write(b"\0")
    assert of(large_file) != before


def test_of_a_huge_file_little_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(10**13)
    assert of(path).size == 10**13


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "partitions"
    (path / "2024").mkdir(parents=True)
    (path / "2024" / "01.csv").write_text("january")
    (path / "2024" / "02.csv").write_text("february")
    (path / "readme.txt").write_text("what it is")
    return path


def test_folder_is_told_by_what_is_in_it(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert of(folder) == of(copy)
    assert of(folder).text.startswith("folder:")
    assert of(folder).size == len("januaryfebruarywhat it is")


@pytest.mark.parametrize(
    "change",
    [
        lambda path: (path / "2024" / "01.csv").write_text("janvier"),
        lambda path: (path / "2024" / "01.csv").rename(path / "2024" / "03.csv"),
        lambda path: (path / "2024" / "01.csv").rename(path / "01.csv"),
        lambda path: (path / "2024" / "02.csv").unlink(),
        lambda path: (path / "2024" / "03.csv").touch(),
    ],
    ids=["content", "name", "place", "removed", "added"],
)
def test_folder_is_another_with_another_file(folder: Path, change: Callable[[Path], object]) -> None:
    before = of(folder)
    change(folder)
    assert of(folder).text != before.text


def test_large_files_of_a_folder_are_read_in_part(folder: Path, large_file: Path) -> None:
    large_file.rename(folder / "large")
    before = of(folder)
    with (folder / "large").open("r+b") as file:
        file.seek(LARGE - 1)
        file.write(b"!")
    assert of(folder).text != before.text


def test_folder_of_very_many_files_is_left_alone(tmp_path: Path) -> None:
    for number in range(MAX_ENTRIES + 1):
        (tmp_path / str(number)).touch()
    assert fingerprint(tmp_path) is None


def test_empty_folder_has_a_fingerprint(tmp_path: Path) -> None:
    assert of(tmp_path).size == 0


def test_links_are_followed_but_not_in_circles(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert of(link) == of(folder)
    before = of(folder)
    (folder / "circle").symlink_to(folder)
    assert of(folder) == before


def test_what_cannot_be_read_has_none(folder: Path, tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "missing") is None
    assert fingerprint(Path("a\0b")) is None
    os.mkfifo(tmp_path / "pipe")
    assert fingerprint(tmp_path / "pipe") is None, "nothing is waited for"
    os.mkfifo(folder / "pipe")
    assert of(folder).size > 0, "nor in a folder"


class Clock:
    """Seconds that pass with each look at it: before each read there is one."""

    def __init__(self) -> None:
        self.step = 0.0
        self.now = 0.0
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        self.now += self.step
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_nobody_waits_for_a_slow_mount(large_file: Path, folder: Path, clock: Clock) -> None:
    fingerprints = QuickFingerprints(clock)
    clock.step = 0.1
    assert fingerprints.of(large_file) is None
    assert clock.now < 0.6, "it is given up in between"
    clock.step, clock.looks = 0.0, 0
    assert fingerprints.of(large_file) is None, "it is known to be slow"
    assert fingerprints.of(folder) is None, "all of it is"
    assert clock.looks == 6, "nothing was read of them"
    assert QuickFingerprints(clock).of(large_file) == fingerprint(large_file)


@pytest.mark.parametrize("what", ["files", "names"])
def test_folder_is_given_up_on_a_slow_mount(tmp_path: Path, clock: Clock, what: str) -> None:
    for number in range(100):
        (tmp_path / str(number)).write_text("x")
    clock.step = 0.25 / 150 if what == "files" else 0.25 / 50
    assert QuickFingerprints(clock).of(tmp_path) is None
    assert clock.now < 0.3


def test_mount_is_not_slow_for_a_moment_of_waiting(large_file: Path, clock: Clock) -> None:
    fingerprints = QuickFingerprints(clock)
    for _ in range(5):
        clock.step = 0.008
        assert fingerprints.of(large_file) == fingerprint(large_file)
        clock.step = 0.0
        for _ in range(8):
            assert fingerprints.of(large_file) == fingerprint(large_file)


def test_mount_is_slow_where_each_file_takes_a_little_too_long(large_file: Path, clock: Clock) -> None:
    fingerprints = QuickFingerprints(clock)
    clock.step = 0.002
    found = [fingerprints.of(large_file) for _ in range(50)]
    assert found[0] == fingerprint(large_file)
    assert found[-1] is None
