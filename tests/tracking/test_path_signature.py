"""A path counts as this user's own only with a signature by a key that nobody else has."""

from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kedro_viz.tracking import path_signature
from kedro_viz.tracking.path_signature import is_signed, key_file, sign_path

STORE = Path("/project/data/session_store.db")
SAVED = (STORE, "2024-01-01T00.00.00.000Z", "plot", "/project/data/plot.json/2024-01-01T00.00.00.000Z/plot.json")

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_signature_holds_for_what_was_signed_and_nothing_else() -> None:
    signature = sign_path(*SAVED)

    assert is_signed(*SAVED, signature)
    store, run_id, dataset, path = SAVED
    assert not is_signed(Path("/copy/data/session_store.db"), run_id, dataset, path, signature)
    assert not is_signed(store, "2025", dataset, path, signature)
    assert not is_signed(store, run_id, "model", path, signature)
    assert not is_signed(store, run_id, dataset, "/etc/passwd", signature)
    for wrong in (None, "", "0" * 32, "é"):
        assert not is_signed(*SAVED, wrong)


def test_nobody_else_can_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = sign_path(*SAVED)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "colleague"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "colleague"))

    assert sign_path(*SAVED) != own
    assert not is_signed(*SAVED, own)


@posix_only
def test_only_the_user_may_read_the_key() -> None:
    sign_path(*SAVED)

    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file().parent.stat().st_mode) == 0o700


@posix_only
def test_a_key_that_others_can_replace_proves_nothing() -> None:
    signature = sign_path(*SAVED)
    key_file().chmod(0o666)

    assert not is_signed(*SAVED, signature)
    assert sign_path(*SAVED) is None


def test_runs_that_begin_at_once_have_one_key() -> None:
    with ThreadPoolExecutor(8) as pool:
        signatures = set(pool.map(lambda _: sign_path(*SAVED), range(32)))

    assert len(signatures) == 1
    assert None not in signatures
    assert [file.name for file in key_file().parent.iterdir()] == [key_file().name]


def test_a_key_that_another_run_made_the_moment_before_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    look = path_signature._key_in
    looks: list[Path] = []

    def made_after_the_first_look(file: Path) -> bytes | None:
        looks.append(file)
        return look(file) if len(looks) > 1 else None

    own = sign_path(*SAVED)
    monkeypatch.setattr(path_signature, "_key_in", made_after_the_first_look)

    assert sign_path(*SAVED) == own


def test_without_a_place_for_a_key_nothing_is_signed(home: Path) -> None:
    home.write_text("a file, where a folder should be")

    assert sign_path(*SAVED) is None
    assert not is_signed(*SAVED, "0" * 32)


def test_looking_makes_no_key() -> None:
    assert not is_signed(*SAVED, "0" * 32)
    assert not key_file().exists()
