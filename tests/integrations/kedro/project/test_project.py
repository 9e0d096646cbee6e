"""A project is opened by its settings and configuration; what cannot be read becomes a problem, never a crash."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from omegaconf import OmegaConf

from kedro_viz.integrations.kedro.project.catalog_config import ConfiguredCatalog
from kedro_viz.integrations.kedro.project.project import ProjectError, open_project, reread_catalog
from kedro_viz.tracking.catalog import CatalogEntry
from kedro_viz.tracking.dataset_types import TrackingGroup
from kedro_viz.tracking.project import ProblemCode, Project
from tests.projects import make_project


def entry(project: Project, name: str) -> CatalogEntry:
    found = project.catalog.get(name)
    assert found is not None, f"no entry {name}"
    return found


def resolve(project: Project, *names: str) -> list[CatalogEntry]:
    assert isinstance(project.catalog, ConfiguredCatalog)
    return project.catalog.resolve_entries(names)


def test_a_project_tells_its_name_package_and_where_its_settings_and_store_are(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, package="told_project", name="Told Project"))

    assert (project.name, project.package_name) == ("Told Project", "told_project")
    assert project.settings_path == "src/told_project/settings.py"
    assert project.store_location == tmp_path / "data" / "session_store.db"
    assert project.problems == []


def test_without_our_store_in_the_settings_there_is_no_store(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, settings=""))

    assert project.store_location is None
    assert project.problems == []


def test_a_project_without_settings_is_opened(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, settings=None))

    assert project.store_location is None
    assert [each.name for each in project.catalog] == ["scores", "columns", "table"]


def test_no_pipeline_is_imported(tmp_path: Path) -> None:
    open_project(make_project(tmp_path, package="unimported", pipeline_code="raise RuntimeError('imported')"))

    assert "unimported.pipeline_registry" not in sys.modules


def test_a_tracked_dataset_has_an_absolute_path_and_is_versioned_by_its_type(tmp_path: Path) -> None:
    scores = entry(open_project(make_project(tmp_path)), "scores")

    assert scores.type == "tracking.metrics_dataset.MetricsDataset"
    assert scores.filepath == (tmp_path / "data/09_tracking/scores.json").as_posix()
    assert scores.versioned
    assert scores.group is TrackingGroup.METRIC


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("s3://bucket/plot.png", "s3://bucket/plot.png"),
        ("/srv/plot.png", "/srv/plot.png"),
        ("https://host/plot.png", "https://host/plot.png"),
        ("C:\\data\\plot.png", "C:/data/plot.png"),
    ],
)
def test_a_path_that_is_not_relative_stays_as_it_is(tmp_path: Path, written: str, read: str) -> None:
    catalog = f"plot:\n  type: matplotlib.MatplotlibWriter\n  filepath: '{written}'\n  versioned: true\n"

    plot = entry(open_project(make_project(tmp_path, catalog=catalog)), "plot")

    assert plot.filepath == read
    assert plot.group is TrackingGroup.PLOT


def test_credentials_and_file_system_arguments_are_resolved_and_not_shown(tmp_path: Path) -> None:
    catalog = """
    plot:
      type: plotly.JSONDataset
      filepath: s3://bucket/plot.json
      versioned: true
      credentials: team
      fs_args:
        use_ssl: false
        open_args_save: {mode: w}
    """
    project = make_project(tmp_path, catalog=catalog, credentials="team:\n  key: abc\n  secret: hunter2\n")

    plot = entry(open_project(project), "plot")

    assert plot.credentials == {"key": "abc", "secret": "hunter2"}
    assert plot.fs_args == {"use_ssl": False}
    assert "hunter2" not in repr(plot)


def test_names_told_later_are_resolved_by_the_catalogs_patterns(tmp_path: Path) -> None:
    catalog = """
    "{namespace}.metrics":
      type: tracking.MetricsDataset
      filepath: data/{namespace}/metrics.json
    "{name}_plot":
      type: plotly.JSONDataset
      filepath: data/{name}.json
      versioned: true
    """
    project = open_project(make_project(tmp_path, catalog=catalog))
    assert len(project.catalog) == 0

    metrics, plot, memory = resolve(project, "forest.metrics", "price_plot", "something", "params:x", "parameters")

    assert metrics.filepath == (tmp_path / "data/forest/metrics.json").as_posix()
    assert metrics.group is TrackingGroup.METRIC
    assert plot.group is TrackingGroup.PLOT
    assert (memory.type, memory.filepath) == ("MemoryDataset", None)
    assert [each.name for each in project.catalog.tracked()] == ["forest.metrics", "price_plot"]


def test_a_catch_all_pattern_makes_every_other_dataset(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    catalog = '"{default}":\n  type: pickle.PickleDataset\n  filepath: data/{default}.pkl\n'

    [table] = resolve(open_project(make_project(tmp_path, catalog=catalog)), "table")

    assert table.filepath == (tmp_path / "data/table.pkl").as_posix()
    assert caplog.messages == []


def test_datasets_of_any_kind_are_entries(tmp_path: Path) -> None:
    catalog = """
    parts:
      type: partitions.PartitionedDataset
      path: data/parts
      dataset: pandas.CSVDataset
    own:
      type: my_package.datasets.Special
      filepath: data/special.bin
    table@pandas:
      type: pandas.CSVDataset
      filepath: data/table.csv
    cached:
      type: CachedDataset
      dataset:
        type: tracking.MetricsDataset
        filepath: data/cached.json
    """
    project = open_project(make_project(tmp_path, catalog=catalog))

    assert entry(project, "parts").filepath is None
    assert entry(project, "own").type == "my_package.datasets.Special"
    assert entry(project, "table@pandas").type == "pandas.CSVDataset"
    assert entry(project, "cached").group is TrackingGroup.METRIC
    assert project.problems == []


def test_one_broken_entry_is_reported_and_the_others_are_there(tmp_path: Path) -> None:
    catalog = """
    good:
      type: tracking.MetricsDataset
      filepath: data/good.json
    text: just text
    typeless:
      filepath: data/x.csv
    locked:
      type: pandas.CSVDataset
      filepath: s3://bucket/x.csv
      credentials: nobody
    "{a}_x":
      type: pandas.CSVDataset
      filepath: data/{b}.csv
    """
    project = open_project(make_project(tmp_path, catalog=catalog))

    assert [each.name for each in project.catalog if each.problem is None] == ["good"]
    assert [problem.title for problem in project.problems] == [
        "The catalog entry `text` cannot be used",
        "The catalog entry `typeless` cannot be used",
        "The catalog entry `locked` cannot be used",
        "The catalog entry `{a}_x` cannot be used",
    ]
    assert "nobody" in project.problems[2].detail
    assert (entry(project, "locked").type, entry(project, "locked").problem) == (
        "pandas.CSVDataset",
        project.problems[2].detail,
    )
    [made] = resolve(project, "cars_x")
    assert made.problem == project.problems[3].detail


UNRESOLVABLE = """
_folder: ${nowhere}
good:
  type: tracking.MetricsDataset
  filepath: data/good.json
parameterised:
  type: plotly.JSONDataset
  filepath: data/${runtime_params:name}/plot.json
  versioned: true
elsewhere:
  type: pandas.CSVDataset
  filepath: ${_folder}/x.csv
resolved_by_nobody:
  type: ${own:x}
  filepath: data/x.csv
"{name}_plot":
  type: plotly.JSONDataset
  filepath: data/${runtime_params:place}/{name}.json
  versioned: true
"{name}":
  type: pickle.PickleDataset
  filepath: data/{name}.pkl
"""


def test_an_entry_that_cannot_be_resolved_is_reported_with_its_reason_and_the_others_are_there(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, catalog=UNRESOLVABLE))

    assert entry(project, "good").group is TrackingGroup.METRIC
    assert {problem.title: problem.detail for problem in project.problems} == {
        "The catalog entry `parameterised` cannot be used": (
            "Runtime parameter 'name' not found and no default value provided (`parameterised.filepath`). "
            "Pass it with `--params name=VALUE`, or give it a default in the configuration."
        ),
        "The catalog entry `elsewhere` cannot be used": "Interpolation key 'nowhere' not found (`elsewhere.filepath`).",
        "The catalog entry `resolved_by_nobody` cannot be used": (
            "Unsupported interpolation type own (`resolved_by_nobody.type`)."
        ),
        "The catalog entry `{name}_plot` cannot be used": (
            "Runtime parameter 'place' not found and no default value provided (`{name}_plot.filepath`). "
            "Pass it with `--params place=VALUE`, or give it a default in the configuration."
        ),
    }
    parameterised = entry(project, "parameterised")
    assert (parameterised.type, parameterised.filepath) == ("plotly.json_dataset.JSONDataset", None)
    assert parameterised.problem == project.problems[0].detail
    assert entry(project, "resolved_by_nobody").type == ""


def test_a_name_that_a_broken_pattern_matches_is_no_other_patterns(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, catalog=UNRESOLVABLE))

    plot, table = resolve(project, "price_plot", "table")

    assert "Runtime parameter 'place'" in str(plot.problem)
    assert (table.type, table.problem) == ("pickle.PickleDataset", None)


def test_an_entry_of_the_environment_takes_the_place_of_one_that_cannot_be_resolved(tmp_path: Path) -> None:
    files = {
        "conf/prod/catalog.yml": """
            parameterised:
              type: tracking.JSONDataset
              filepath: data/fixed.json
            good:
              type: tracking.MetricsDataset
              filepath: ${nothing}/good.json
        """
    }
    project = open_project(make_project(tmp_path, catalog=UNRESOLVABLE, files=files), env="prod")

    assert entry(project, "parameterised").filepath == (tmp_path / "data/fixed.json").as_posix()
    assert "'nothing'" in str(entry(project, "good").problem)


def test_credentials_that_cannot_be_resolved_fail_only_the_datasets_that_need_them(tmp_path: Path) -> None:
    catalog = """
    secret:
      type: pandas.CSVDataset
      filepath: s3://bucket/x.csv
      credentials: from_environment
    open:
      type: plotly.JSONDataset
      filepath: s3://bucket/plot.json
      versioned: true
      credentials: written
    """
    credentials = "from_environment:\n  key: ${oc.env:KEDRO_VIZ_NO_SUCH_NAME}\nwritten:\n  key: abc\n"
    project = open_project(make_project(tmp_path, catalog=catalog, credentials=credentials))

    assert entry(project, "open").credentials == {"key": "abc"}
    reason = "Environment variable 'KEDRO_VIZ_NO_SUCH_NAME' not found (`from_environment.key`)."
    assert [(problem.title, problem.detail) for problem in project.problems] == [
        ("The credentials `from_environment` cannot be used", reason),
        (
            "The catalog entry `secret` cannot be used",
            f"Its credentials `from_environment` cannot be used. {reason}",
        ),
    ]
    assert not OmegaConf.has_resolver("oc.env")


def test_a_parameter_that_cannot_be_resolved_is_reported(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, parameters="rate: ${runtime_params:rate}\nsize: 4\n"))

    assert [problem.title for problem in project.problems] == ["The parameter `rate` cannot be used"]


def test_two_patterns_that_match_everything_leave_the_others_as_they_are(tmp_path: Path) -> None:
    catalog = """
    "{default}":
      type: pickle.PickleDataset
      filepath: data/{default}.pkl
    "{other}":
      type: pandas.CSVDataset
      filepath: data/{other}.csv
    "{name}_plot":
      type: plotly.JSONDataset
      filepath: data/{name}.json
      versioned: true
    """
    project = open_project(make_project(tmp_path, catalog=catalog))

    plot, table = resolve(project, "price_plot", "table")

    assert plot.group is TrackingGroup.PLOT
    assert "Only one such pattern is allowed" in str(table.problem)
    assert [problem.title for problem in project.problems] == [
        "The catalog entry `{default}` cannot be used",
        "The catalog entry `{other}` cannot be used",
    ]


@pytest.mark.parametrize("key", ["catalog", "credentials", "parameters"])
def test_configuration_that_cannot_be_read_is_told(tmp_path: Path, key: str) -> None:
    texts = {key: "a: [1\nb: {"}

    project = open_project(
        make_project(tmp_path, **{"catalog": "", **texts})  # type: ignore[arg-type]  # names of text arguments
    )

    [problem] = project.problems
    assert problem.title == f"The {key} configuration could not be read"
    assert problem.code == (ProblemCode.CATALOG_UNKNOWN if key == "catalog" else None)
    assert f"{key}.yml" in problem.detail


def test_an_environment_that_is_not_there_is_told(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path), env="productoin")

    [problem] = project.problems
    assert problem.title == f"There is no folder {tmp_path / 'conf' / 'productoin'}"


def test_the_environment_takes_the_place_of_the_base_configuration(tmp_path: Path) -> None:
    files = {
        "conf/cloud/catalog.yml": "scores:\n  type: tracking.MetricsDataset\n  filepath: s3://bucket/scores.json\n"
    }

    project = open_project(make_project(tmp_path, files=files), env="cloud")

    assert entry(project, "scores").filepath == "s3://bucket/scores.json"


def test_runtime_parameters_reach_the_catalog(tmp_path: Path) -> None:
    catalog = "scores:\n  type: tracking.MetricsDataset\n  filepath: data/${runtime_params:folder}/scores.json\n"

    project = open_project(make_project(tmp_path, catalog=catalog), runtime_params={"folder": "mine"})

    assert entry(project, "scores").filepath == (tmp_path / "data/mine/scores.json").as_posix()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("import a_package_that_is_not_there", "ModuleNotFoundError: No module named 'a_package_that_is_not_there'"),
        ("def (", "SyntaxError"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("raise ValueError('password=hunter2')", "ValueError: password=[redacted]"),
        ("SESSION_STORE_CLASS = dict", "SESSION_STORE_CLASS"),
    ],
)
def test_settings_that_cannot_be_imported_are_told_and_the_project_is_opened(
    tmp_path: Path, settings: str, told: str
) -> None:
    project = open_project(make_project(tmp_path, settings=settings, name="Broken"))

    assert project.name == "Broken"
    assert project.store_location is None
    [problem] = project.problems
    assert problem.title == f"{project.settings_path} could not be imported"
    assert problem.code == ProblemCode.CATALOG_UNKNOWN
    assert told in problem.detail


@pytest.mark.parametrize("text", [None, "not toml [", "[tool.other]", "[tool.kedro]\nproject_name = 'x'"])
def test_a_folder_that_is_no_project_is_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "pyproject.toml").write_text(text)

    with pytest.raises(ProjectError, match=r"pyproject\.toml"):
        open_project(tmp_path)


def test_a_changed_catalog_is_read_again_and_names_told_before_stay(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, catalog="old:\n  type: pandas.CSVDataset\n  filepath: old.csv\n"))
    resolve(project, "forest.metrics")
    pattern = '"{namespace}.metrics":\n  type: tracking.MetricsDataset\n  filepath: data/{namespace}.json\n'
    (tmp_path / "conf/base/catalog.yml").write_text(pattern)

    reread_catalog(project, None, None)

    assert entry(project, "forest.metrics").filepath == (tmp_path / "data/forest.json").as_posix()
    assert entry(project, "old").filepath is None


def test_a_catalog_saved_half_way_keeps_what_was_known_and_is_told_until_it_is_mended(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path))
    catalog = tmp_path / "conf/base/catalog.yml"
    good = catalog.read_text()

    catalog.write_text("scores: [")
    reread_catalog(project, None, None)

    assert entry(project, "scores").group is TrackingGroup.METRIC
    assert len(project.problems) == 1

    catalog.write_text(good)
    reread_catalog(project, None, None)

    assert project.problems == []
