"""Only data of the project's own catalog is copied, whatever a record asks for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kedro_viz.integrations.kedro.reproduction.copy_rules import NOT_IN_CATALOG, CopyRules, FileToCopy
from kedro_viz.integrations.kedro.reproduction.new_folder import RefusedFileError


def rules(project: Path = Path("/project"), *catalog: str, recorded_data: bool = False) -> CopyRules:
    return CopyRules(
        project,
        frozenset(catalog),
        frozenset({"conf", "settings/kedro"}),
        project / "data" / "session_store.db",
        recorded_data,
    )


@pytest.mark.parametrize(
    "path",
    [
        *("conf", "conf/local/credentials.yml", "CONF/local/credentials.yml", "Conf/base/catalog.yml", "conf/x.csv"),
        *("settings/kedro", "settings/kedro/local/x.yml", "conf/local"),
        *(".env", ".git/config", "data/.cache/x", "data/.x.csv", ".ssh/id_rsa", "a/.env.prod", ".aws/credentials"),
        *("keys/server.pem", "data/credentials.csv", "data/credentials_of_db/x.csv", "data/id_rsa", "DATA/ID_RSA"),
        *("data/session_store.db", "data/session_store.db-wal", "data/session_store.db.trash/x"),
    ],
)
def test_what_may_hold_secrets_is_refused_even_if_the_catalog_names_it(path: str) -> None:
    reason = rules(Path("/project"), path, "data", recorded_data=True).refusal(path)

    assert reason is not None
    assert reason != NOT_IN_CATALOG


def test_only_what_the_catalog_names_is_data() -> None:
    own = rules(Path("/project"), "data/01_raw/cars.csv", "data/parts", "weights.csv")

    assert own.refusal("data/01_raw/cars.csv") is None
    assert own.refusal("data/01_raw/cars.csv/2024/cars.csv") is None, "a version of it"
    assert own.refusal("data/parts") is None
    assert own.refusal("data/parts/1.csv") is None
    assert own.refusal("weights.csv") is None
    for path in (
        "data",
        "data/01_raw",
        "data/01_raw/cars.csv2",
        "data/salaries.csv",
        "src/nodes.py",
        "weights.csv.key",
    ):
        assert own.refusal(path) is not None, path


def test_what_only_the_record_names_is_copied_from_the_data_folder_if_the_user_says_so() -> None:
    recorded = rules(recorded_data=True)

    assert recorded.refusal("data/01_raw/old.csv") is None
    for path in ("data", "database/x", "src/nodes.py", "pyproject.toml", "Data/x.csv"):
        assert recorded.refusal(path) == NOT_IN_CATALOG, path


def test_the_plain_files_of_a_folder_are_found_and_the_rest_is_named(tmp_path: Path) -> None:
    parts = tmp_path / "data" / "parts"
    (parts / "inner").mkdir(parents=True)
    (parts / "inner" / "b.csv").write_text("12345")
    (parts / "a.csv").write_text("123")
    (parts / ".hidden").write_text("x")
    (parts / "server.key").write_text("x")
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "credentials.yml").write_text("secret")
    (parts / "link").symlink_to(tmp_path / "conf" / "credentials.yml")
    (parts / "folder").symlink_to(tmp_path / "conf")
    os.mkfifo(parts / "pipe")

    found = rules(tmp_path, "data/parts").files("data/parts")

    assert found.files == (FileToCopy("data/parts/a.csv", 3), FileToCopy("data/parts/inner/b.csv", 5))
    assert found.size == 8
    assert found.left_out == {
        "data/parts/.hidden": "it is hidden",
        "data/parts/server.key": "files of that name hold secrets",
        "data/parts/link": "it is a link",
        "data/parts/folder": "it is a link",
        "data/parts/pipe": "it is no plain file",
    }


def test_links_pipes_and_other_spellings_are_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "real").mkdir(parents=True)
    (data / "real" / "x.csv").write_text("x")
    (data / "linked").symlink_to(data / "real")
    (data / "link.csv").symlink_to(data / "real" / "x.csv")
    os.mkfifo(data / "pipe")
    own = rules(tmp_path, "data")

    for path, reason in (
        ("data/link.csv", "'data/link.csv' is a link"),
        ("data/linked/x.csv", "'data/linked' is a link"),
        ("data/pipe", "it is no plain file"),
    ):
        with pytest.raises(RefusedFileError, match=reason):
            own.files(path)
    for path in ("data/none.csv", "data/real/x.csv/inner", "data/REAL/x.csv"):
        # Where a disk does not tell small letters from capital ones, the last is refused as another name.
        with pytest.raises((FileNotFoundError, RefusedFileError)):
            own.files(path)


def test_a_huge_file_is_told_by_its_size_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "huge").open("wb") as file:
        file.truncate(5 * 2**40)

    assert rules(tmp_path, "data").files("data/huge").size == 5 * 2**40
