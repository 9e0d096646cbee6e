"""The catalog of runs that were started otherwise than the app; and how little a record from elsewhere decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kedro_viz.integrations.kedro.project.catalog_config import ConfiguredCatalog
from kedro_viz.integrations.kedro.project.project import open_project, reread_catalog
from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.run_setting import RunSetting
from tests.projects import STORE_SETTINGS, make_project

PLOT = "type: plotly.JSONDataset\n  versioned: true\n"
RESOLVERS = """
CONFIG_LOADER_ARGS = {
    "base_env": "base", "default_run_env": "local", "custom_resolvers": {"eval": eval, "double": lambda n: n * 2}
}
"""


# Any: runtime parameters of every kind.
def catalog_of(
    tmp_path: Path, catalog: str, env: str | None = None, params: dict[str, Any] | None = None, **project: Any
) -> Catalog:
    opened = open_project(make_project(tmp_path / "project", catalog=catalog, **project))
    found = opened.catalog.of_run(RunSetting.of(env, params or {}))
    assert found is not None
    return found


def entry_of(catalog: Catalog, name: str = "plot") -> CatalogEntry:
    [entry] = catalog.resolve_recorded([name])
    return entry


def is_refused(entry: CatalogEntry) -> bool:
    return entry.filepath is None and not entry.has_versions and bool(entry.problem)


def test_runs_of_another_environment_have_its_catalog(tmp_path: Path) -> None:
    files = {"conf/prod/catalog.yml": f"plot:\n  {PLOT}  filepath: data/prod/plot.json\n"}
    catalog = catalog_of(tmp_path, f"plot:\n  {PLOT}  filepath: data/plot.json\n", "prod", files=files)

    assert entry_of(catalog).filepath == (tmp_path / "project/data/prod/plot.json").as_posix()


def test_runs_with_runtime_parameters_have_these_in_their_paths(tmp_path: Path) -> None:
    catalog = f'plot:\n  {PLOT}  filepath: "data/${{runtime_params:model.name,none}}/plot.json"\n'

    found = catalog_of(tmp_path, catalog, params={"model": {"name": "forest 2/deep"}, "rate": 0.5})

    assert entry_of(found).filepath == (tmp_path / "project/data/forest 2/deep/plot.json").as_posix()


def test_runs_whose_parameters_are_in_no_path_share_a_catalog(tmp_path: Path) -> None:
    opened = open_project(make_project(tmp_path, catalog=f'plot:\n  {PLOT}  filepath: "data/${{runtime_params:n}}"\n'))

    first, second, other = (
        opened.catalog.of_run(RunSetting.of(None, params))
        for params in ({"n": 1, "rate": 0.1}, {"n": 1, "rate": 0.2}, {"n": 2})
    )

    assert first is second
    assert first is not other


def test_a_catalog_that_changed_is_read_again_for_runs_too(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, catalog=f"plot:\n  {PLOT}  filepath: data/old.json\n"))
    assert project.catalog.of_run(RunSetting()) is not None
    (tmp_path / "conf/base/catalog.yml").write_text(f"plot:\n  {PLOT}  filepath: data/new.json\n")

    reread_catalog(project, None, None)

    found = project.catalog.of_run(RunSetting())
    assert found is not None
    assert entry_of(found).filepath == (tmp_path / "data/new.json").as_posix()


@pytest.mark.parametrize(
    "env", ["../../evil", "/evil", "..\\evil", "C:evil", ".git", "missing", "", "linked", "base/.x"]
)
def test_no_environment_leads_out_of_the_configuration(tmp_path: Path, env: str) -> None:
    catalog = f"plot:\n  {PLOT}  filepath: /etc/plot.json\n"
    for folder in ("evil", "project/conf/.git", "project/conf/base/.x"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "catalog.yml").write_text(catalog)
    (tmp_path / "project/conf/linked").symlink_to(tmp_path / "evil")
    project = open_project(make_project(tmp_path / "project", catalog=""))

    assert project.catalog.of_run(RunSetting(env)) is None


@pytest.mark.parametrize(
    "value",
    [
        "../../../etc",
        "a/../../b",
        "..",
        "/etc",
        "~",
        ".ssh",
        "a/.ssh",
        "a//b",
        "s3://bucket",
        "http://169.254.169.254/x",
        "C:\\x",
        "${oc.env:HOME}",
        "${globals:secret}",
        "x'y",
        "x\0y",
        "x" * 300,
        ["a"],
        None,
    ],
)
def test_a_value_that_is_more_than_a_plain_word_is_not_filled_in(tmp_path: Path, value: object) -> None:
    catalog = f'plot:\n  {PLOT}  filepath: "data/${{runtime_params:name}}/plot.json"\n'

    assert is_refused(entry_of(catalog_of(tmp_path, catalog, params={"name": value})))


@pytest.mark.parametrize(
    "path",
    [
        "${runtime_params:name}",
        "${runtime_params:name}/plot.json",
        "${runtime_params:protocol}://bucket/plot.json",
        "s3://${runtime_params:name}/plot.json",
        "s3://team-${runtime_params:name}/plot.json",
        "https://host.${runtime_params:name}/plot.json",
        "/${runtime_params:name}/plot.json",
        "file:///${runtime_params:name}/plot.json",
        "data/linked/${runtime_params:out}",
        "data/${runtime_params:a}${runtime_params:b}/plot.json",
    ],
)
def test_parameters_choose_no_place_that_the_catalog_leaves_open(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "project/data/linked").mkdir(parents=True)
    (tmp_path / "project/data/linked/away").symlink_to(tmp_path / "outside")
    params = {"name": "conf/local", "protocol": "http", "out": "away/plot.json", "a": "x.", "b": "./y"}

    entry = entry_of(catalog_of(tmp_path, f'plot:\n  {PLOT}  filepath: "{path}"\n', params=params))

    if path == "data/${runtime_params:a}${runtime_params:b}/plot.json":
        # `./y` is not plain, so it is not filled in at all.
        assert "'b' not found" in str(entry.problem)
    assert is_refused(entry)


@pytest.mark.parametrize(
    ("path", "filled_in"),
    [
        ("s3://team/plots/${runtime_params:name}/plot.json", "s3://team/plots/forest/plot.json"),
        ("s3://team/${runtime_params:name}.json", "s3://team/forest.json"),
        ("/srv/plots/${runtime_params:name}/plot.json", "/srv/plots/forest/plot.json"),
        ("${runtime_params:name}/plot.json", "{project}/forest/plot.json"),
        ("${_root}/${runtime_params:name}/plot.json", "s3://team/x/forest/plot.json"),
        ("data/${double:${runtime_params:number}}/plot.json", None),
    ],
)
def test_parameters_choose_folders_below_what_the_catalog_fixes(
    tmp_path: Path, path: str, filled_in: str | None
) -> None:
    catalog = f'_root: s3://team/x\nplot:\n  {PLOT}  filepath: "{path}"\n'
    params = {"name": "forest", "number": 4}

    entry = entry_of(catalog_of(tmp_path, catalog, params=params, settings=STORE_SETTINGS + RESOLVERS))

    if filled_in is None:
        assert entry.filepath == (tmp_path / "project/data/8/plot.json").as_posix()
    else:
        assert entry.filepath == filled_in.replace("{project}", (tmp_path / "project").as_posix())


def test_no_parameter_is_run_as_code_by_a_resolver_of_the_project(tmp_path: Path) -> None:
    mark = tmp_path / "was_run"
    catalog = f"plot:\n  {PLOT}  filepath: \"data/${{eval:'${{runtime_params:n}}'}}/plot.json\"\n"
    settings = STORE_SETTINGS + RESOLVERS

    entry = entry_of(catalog_of(tmp_path, catalog, params={"n": f"open({str(mark)!r}, 'w')"}, settings=settings))

    assert is_refused(entry)
    assert not mark.exists()


def test_parameters_do_not_decide_how_a_storage_is_reached(tmp_path: Path) -> None:
    catalog = (
        f"plot:\n  {PLOT}  filepath: s3://team/plot.json\n  fs_args:\n    endpoint_url: '${{runtime_params:url}}'\n"
    )

    assert is_refused(entry_of(catalog_of(tmp_path, catalog, params={"url": "evil.example"})))


def test_parameters_do_not_decide_of_a_type_that_is_loaded(tmp_path: Path) -> None:
    written = '\n  filepath: "data/${runtime_params:n}/x"\n  versioned: true\n'
    catalog = f'plot:\n  type: "pickle.${{runtime_params:kind}}"{written}other:\n  type: pickle.PickleDataset{written}'

    found = catalog_of(tmp_path, catalog, params={"kind": "PickleDataset", "n": "x"})

    assert isinstance(found, ConfiguredCatalog)
    assert not found.has_fixed_configuration("plot")
    assert found.has_fixed_configuration("other")


@pytest.mark.parametrize(
    ("pattern", "path", "name", "is_there"),
    [
        ("{name}_plot", "data/{name}.json", "price_plot", True),
        ("{name}_plot", "data/{name}.json", "a/b_plot", True),
        ("{name}_plot", "data/{name}.json", "../../etc/x_plot", False),
        ("{name}_plot", "data/{name}/plot.json", ".ssh_plot", False),
        ("{name}_plot", "data/{name}/plot.json", "linked_plot", False),
        ("{name}_plot", "{name}/plot.json", "conf/local_plot", False),
        ("{name}_plot", "{name}/plot.json", "reports_plot", True),
        ("{name}_plot", "s3://{name}/plot.json", "others-bucket_plot", False),
        ("{name}_plot", "s3://team/{name}/plot.json", "price_plot", True),
        # No protocol, but a folder of this name in the project, as for Kedro.
        ("{where}#{name}", "{where}://host/{name}/plot.json", "http#x", True),
    ],
)
def test_a_name_that_a_record_tells_chooses_no_place_that_the_catalog_leaves_open(
    tmp_path: Path, pattern: str, path: str, name: str, is_there: bool
) -> None:
    (tmp_path / "project/data").mkdir(parents=True)
    (tmp_path / "project/data/linked").symlink_to(tmp_path)
    project = open_project(make_project(tmp_path / "project", catalog=f'"{pattern}":\n  {PLOT}  filepath: "{path}"\n'))

    found = project.catalog.resolve_recorded([name])

    assert any(entry.has_versions for entry in found) is is_there
    # What the project's own pipelines name is theirs to name.
    assert [entry.name for entry in project.catalog.resolve_entries(["own_plot"])] == ["own_plot"]
