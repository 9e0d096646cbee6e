"""The configuration of a reproduced run is what the run had: read by Kedro's own loader, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from kedro.config import MissingConfigException, OmegaConfigLoader

from kedro_viz.integrations.kedro.reproduction.configuration_files import ConfigurationFiles, configuration_files
from kedro_viz.integrations.kedro.reproduction.configuration_layout import ConfigurationLayout
from kedro_viz.tracking.secrets.redaction import REDACTED, redact_mapping
from kedro_viz.tracking.surroundings.configuration import LEFT_OUT, Configuration

Files = Mapping[str, str]


# Any in this module: configuration is whatever the YAML holds.
def resolved(
    project: Path, env: str | None, params: Mapping[str, Any] | None = None, **more: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parameters and the catalog of a project, as Kedro resolves them."""
    loader = OmegaConfigLoader(
        str(project / "conf"), env, dict(params or {}), base_env="base", default_run_env="local", **more
    )

    def read(key: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = loader[key]
        except MissingConfigException:
            return {}
        return found

    return read("parameters"), read("catalog")


def write(project: Path, files: Files) -> Path:
    for env in ("base", "local"):
        (project / "conf" / env).mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        (project / "conf" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "conf" / path).write_text(text, encoding="utf-8")
    return project


def reproduced(
    tmp_path: Path,
    files: Files,
    env: str | None = None,
    params: Mapping[str, Any] | None = None,
    without: str = "local/",
    **more: Any,
) -> tuple[ConfigurationFiles, Path, tuple[dict[str, Any], dict[str, Any]]]:
    """Run the configuration of a project once more from a snapshot that lacks some files.

    Returns:
        What was found to be lacking, the new project, and what the run had.
    """
    project = write(tmp_path / "project", files)
    had = resolved(project, env, params, **more)
    catalog = {name: absolute(entry, project) for name, entry in had[1].items()}
    run = {"runtime_params": dict(params or {})}
    parts = [redact_mapping(part) for part in (run, had[0], catalog)]
    kept = {path: text for path, text in files.items() if not path.startswith(without)}
    configuration = Configuration.from_json(Configuration(*parts).to_json())
    snapshot = {f"conf/{path}": text.encode() for path, text in kept.items()}
    found = configuration_files("run", configuration, ConfigurationLayout(), env, snapshot, str(project))
    assert not set(found.texts) & set(snapshot)
    added = {path.removeprefix("conf/"): text for path, text in found.texts.items()}
    return found, write(tmp_path / "new", {**kept, **added}), had


def absolute(entry: Any, project: Path) -> Any:
    """A catalog's entry as Kedro has it by the time that it tells hooks."""
    return {
        key: str(project / text) if key == "filepath" and "://" not in text else text for key, text in entry.items()
    }


PARAMETERS = "size: 4\nmodel:\n  rate: 0.5\n  depth: 3\nwhen: 2024-05-01\nnames: [a, b]\n"
CATALOG = "cars:\n  type: pandas.CSVDataset\n  filepath: data/cars.csv\n"
BASE = {"base/parameters.yml": PARAMETERS, "base/catalog.yml": CATALOG}


# Configurations of projects, by what is special about them; what is in the folder `local` is not in the snapshot.
CONFIGURATIONS: dict[str, Files] = {
    "no local files": BASE,
    "parameters": {**BASE, "local/parameters.yml": "size: 7\nmodel:\n  rate: 0.1\nextra: {a: [1, {b: null}]}\n"},
    "catalog": {**BASE, "local/catalog.yml": "cars:\n  type: pandas.JSONDataset\n  filepath: other/cars.json\n"},
    "pattern": {**BASE, "local/catalog_x.yml": "'{name}_csv':\n  type: x.Y\n  filepath: 'd/{name}.csv'\n"},
    "interpolation": {"base/parameters.yml": "a: ${b.c}\nb:\n  c: 1\n", "local/parameters.yml": "b:\n  c: 2\n"},
    "global overridden": {
        "base/parameters.yml": "a: ${globals:n}\nmodel:\n  rate: 1\n  depth: 3\n",
        "base/globals.yml": "n: 1\n",
        "local/globals.yml": "n: 2\n",
    },
    "global of local files": {
        "base/parameters.yml": "a: ${globals:n}\nb: '${globals:m.k}/x'\n",
        "local/globals.yml": "n: 2\nm: {k: q}\n",
    },
    "runtime parameter": {"base/parameters.yml": "a: ${runtime_params:n, 3}\n"},
    "like interpolation": {"base/parameters.yml": "a: 1\n", "local/parameters.yml": "a: 'not \\${interpolated}'\n"},
    "like other types": {
        "base/parameters.yml": "a: 1\n",
        "local/parameters.yml": "a: '007'\nb: 'yes'\nc: '1e3'\nd: ''\n'on': ' x '\n",
    },
    "in folders": {
        "base/parameters/deep/one.yml": "a: 1\n",
        "base/x/parameters_two.json": '{"b": 2}',
        "local/parameters.yml": "a: 3\n",
    },
}


@pytest.mark.parametrize("params", [None, {"model": {"rate": 0.9}, "new": 1}], ids=["", "--params"])
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configuration_is_what_the_run_had(tmp_path: Path, name: str, params: Mapping[str, Any] | None) -> None:
    found, new, had = reproduced(tmp_path, CONFIGURATIONS[name], None, params)

    assert resolved(new, None, params) == had
    assert not found.differing
    assert not found.secrets


@pytest.mark.parametrize(
    ("files", "env"),
    [
        ({"prod/parameters.yml": "size: 8\n"}, "prod"),
        ({"prod/parameters.yml": "size: 8\n", "prod/parameters_big.yml": "table: [1, 2]\n"}, "prod"),
        ({"local/parameters.yml": "size: 8\n"}, "base"),
    ],
    ids=["kept", "half kept", "base"],
)
def test_configuration_of_an_environment_is_what_the_run_had(tmp_path: Path, files: Files, env: str) -> None:
    found, new, had = reproduced(tmp_path, {**BASE, **files}, env, {"size": 9}, without="prod/parameters_big")

    assert resolved(new, env, {"size": 9}) == had
    assert not found.differing


def test_what_the_snapshot_gives_already_is_not_written_again(tmp_path: Path) -> None:
    found, *_ = reproduced(tmp_path, {**BASE, "local/parameters.yml": "size: 7\n"})

    assert list(found.texts) == ["conf/local/parameters_of_run.yml"]
    assert found.texts["conf/local/parameters_of_run.yml"].splitlines()[-1] == "size: 7"
    assert "model" not in found.texts["conf/local/parameters_of_run.yml"]


def test_a_secret_is_never_written_and_always_named(tmp_path: Path) -> None:
    files = {
        "base/parameters.yml": "db:\n  password: hunter1\n  user: a\n",
        "local/parameters.yml": "api:\n  token: hunter2\n  url: https://u:hunter3@h/x\n",
        "local/catalog.yml": "t:\n  type: pandas.SQLTableDataset\n  load_args:\n    password: hunter4\n",
    }

    found, *_ = reproduced(tmp_path, files)

    assert "hunter" not in "".join(found.texts.values()).replace("hunter1", "")
    assert found.secrets == [
        "conf/local/parameters_of_run.yml: api.token",
        "conf/local/parameters_of_run.yml: api.url",
        "conf/local/catalog_of_run.yml: t.load_args.password",
    ]
    assert REDACTED in found.texts["conf/local/parameters_of_run.yml"]
    assert "db" not in found.texts["conf/local/parameters_of_run.yml"], "the snapshot has its own, with its own mark"


def test_credentials_of_the_catalog_are_to_be_filled_in(tmp_path: Path) -> None:
    entry = "t:\n  type: pandas.CSVDataset\n  filepath: s3://bucket/x.csv\n  credentials: dev_s3\n"

    found, new, had = reproduced(
        tmp_path, {"base/catalog.yml": entry, "local/credentials.yml": "dev_s3: {key: hunter}\n"}
    )

    assert found.credentials == ["dev_s3"]
    assert resolved(new, None) == had
    assert "hunter" not in "".join(found.texts.values())
    assert "dev_s3: {}" in found.texts["conf/local/credentials.yml"]


def test_what_a_resolver_of_the_project_makes_is_left_to_it(tmp_path: Path) -> None:
    resolvers = {"kind": lambda name: complex if name == "complex" else str}
    files = {"base/catalog.yml": "t:\n  type: x.Y\n  load_args:\n    dtype: '${kind:complex}'\n"}

    found, new, had = reproduced(tmp_path, files, custom_resolvers=resolvers)

    assert found.unresolved == ["catalog: t"]
    assert resolved(new, None, custom_resolvers=resolvers) == had


def test_what_local_files_put_in_place_of_a_resolver_is_written(tmp_path: Path) -> None:
    files = {"base/parameters.yml": "a:\n  b: '${mine:1}'\n  c: 1\n", "local/parameters.yml": "a:\n  b: 5\n  c: 2\n"}
    resolvers = {"mine": lambda number: number}

    found, new, had = reproduced(tmp_path, files, custom_resolvers=resolvers)

    assert resolved(new, None, custom_resolvers=resolvers) == had
    assert not found.unresolved


def test_a_difference_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    # The environment's own file is in the snapshot, but a secret of its made the run's value another.
    files = {"base/parameters.yml": "a: 1\n", "prod/parameters.yml": "a: 2\n"}
    project = write(tmp_path / "project", files)
    had = resolved(project, "prod")
    snapshot = {f"conf/{path}": text.replace("2", "3").encode() for path, text in files.items()}

    found = configuration_files("r", Configuration({}, *had), ConfigurationLayout(), "prod", snapshot, str(project))

    assert found.differing == ["parameters: a"]
    assert not found.texts


def test_configuration_that_was_too_large_to_record_is_told() -> None:
    configuration = Configuration({}, {LEFT_OUT: "It is larger than 1 MB."}, {"a": {"type": "x"}})

    found = configuration_files("r", configuration, ConfigurationLayout(), None, {}, "/p")

    assert found.unknown == ["parameters"]
    assert list(found.texts) == ["conf/local/catalog_of_run.yml"]


def test_a_soft_merge_is_no_difference(tmp_path: Path) -> None:
    files = {"base/parameters.yml": "a:\n  x: 0\n  y: 2\n", "prod/parameters.yml": "a:\n  x: 1\n"}

    found, *_ = reproduced(tmp_path, files, "prod", merge_strategy={"parameters": "soft"})

    assert not found.differing
    assert not found.texts


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        + "".join(
            f"{chr(c + 1)}: &{chr(c + 1)} [{', '.join([f'*{chr(c)}'] * 9)}]\n" for c in range(ord("b"), ord("t"))
        ),
        "[" * 5000,
        "a: b: c",
        "- a list",
        "\x00",
        "!!python/object/apply:os.system [touch x]",
    ],
    ids=["laughs", "deep", "no YAML", "list", "binary", "code"],
)
def test_a_hostile_file_of_the_snapshot_harms_nobody(text: str) -> None:
    configuration = Configuration({}, {"b": "[1]", "t": [1], "u": "x"}, {"b": {"type": "x"}})
    snapshot = {"conf/base/parameters.yml": text.encode(), "conf/base/catalog.yml": text.encode()}

    found = configuration_files("r", configuration, ConfigurationLayout(), None, snapshot, "/p")

    assert "u: x" in found.texts["conf/local/parameters_of_run.yml"]


def test_layout_is_read_from_the_settings_and_nothing_is_run() -> None:
    files = {
        "pyproject.toml": b'[tool.kedro]\npackage_name = "a.b"\nproject_name = "x"\nsource_dir = "code"\n',
        "code/a/b/settings.py": (
            b'import nothing_that_exists\nCONF_SOURCE = "settings/"\n'
            b'CONFIG_LOADER_ARGS = {"base_env": "all", "default_run_env": "mine", "custom_resolvers": {"x": f()}}\n'
        ),
    }

    assert ConfigurationLayout.of_files(files) == ConfigurationLayout("settings", "all", "mine")


@pytest.mark.parametrize(
    "settings", [b"", b"CONF_SOURCE = Path('x')", b"wrong (", b"CONFIG_LOADER_ARGS = dict(a=1)", b"\0"]
)
def test_layout_is_kedros_own_where_the_settings_do_not_tell(settings: bytes) -> None:
    files = {"pyproject.toml": b'[tool.kedro]\npackage_name = "a"\n', "src/a/settings.py": settings}

    assert ConfigurationLayout.of_files(files) == ConfigurationLayout()


@pytest.mark.parametrize("pyproject", [None, b"", b"[tool.kedro]\n", b"no toml [", b"\xff", b"[tool]\nkedro = 1\n"])
def test_files_without_a_project_are_told_from_one(pyproject: bytes | None) -> None:
    files = {} if pyproject is None else {"pyproject.toml": pyproject}

    assert not ConfigurationLayout.of_files(files).is_project
