"""Names that kedro-datasets dropped resolve as they used to, in whatever order things are imported."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from textwrap import dedent

import pytest

KEDRO_DATASETS = int(version("kedro-datasets").split(".")[0])
OURS = "kedro_viz.integrations.kedro.datasets"
# Which package holds each class today: kedro-datasets dropped `tracking` with its release 7, `MatplotlibWriter` with 9.
TRACKING = "kedro_datasets" if KEDRO_DATASETS < 7 else OURS
WRITER = "kedro_datasets" if KEDRO_DATASETS < 9 else OURS

INSTALL = "from kedro_viz.integrations.kedro.datasets import install; install()"


def python(*lines: str) -> str:
    """What a fresh Python prints that runs these lines. Fails the test if it fails."""
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", dedent("\n".join(lines))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def resolve(type_name: str) -> str:
    """A line that prints the class that Kedro takes for a catalog's type."""
    return (
        "from kedro.io.core import parse_dataset_definition as parse; "
        f"print('{{0.__module__}}.{{0.__qualname__}}'.format(parse({{'type': '{type_name}'}})[0]))"
    )


@pytest.mark.parametrize(
    ("type_name", "class_path"),
    [
        ("tracking.MetricsDataset", f"{TRACKING}.tracking.metrics_dataset.MetricsDataset"),
        ("tracking.JSONDataset", f"{TRACKING}.tracking.json_dataset.JSONDataset"),
        ("tracking.metrics_dataset.MetricsDataset", f"{TRACKING}.tracking.metrics_dataset.MetricsDataset"),
        ("tracking.json_dataset.JSONDataset", f"{TRACKING}.tracking.json_dataset.JSONDataset"),
        ("kedro_datasets.tracking.MetricsDataset", f"{TRACKING}.tracking.metrics_dataset.MetricsDataset"),
        ("matplotlib.MatplotlibWriter", f"{WRITER}.matplotlib.matplotlib_writer.MatplotlibWriter"),
        (
            "matplotlib.matplotlib_writer.MatplotlibWriter",
            f"{WRITER}.matplotlib.matplotlib_writer.MatplotlibWriter",
        ),
        ("json.JSONDataset", "kedro_datasets.json.json_dataset.JSONDataset"),
    ],
)
def test_catalog_type_resolves_to_kedro_datasets_own_class_where_it_has_one_and_to_ours_else(
    type_name: str, class_path: str
) -> None:
    assert python(INSTALL, resolve(type_name)) == class_path


# As where kedro-datasets is not installed.
WITHOUT_KEDRO_DATASETS = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] == 'kedro_datasets':
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
"""


@pytest.mark.parametrize(
    ("type_name", "class_path"),
    [
        ("tracking.MetricsDataset", f"{OURS}.tracking.metrics_dataset.MetricsDataset"),
        ("tracking.JSONDataset", f"{OURS}.tracking.json_dataset.JSONDataset"),
        ("tracking.metrics_dataset.MetricsDataset", f"{OURS}.tracking.metrics_dataset.MetricsDataset"),
        ("tracking.json_dataset.JSONDataset", f"{OURS}.tracking.json_dataset.JSONDataset"),
    ],
)
def test_our_own_types_resolve_without_kedro_datasets(type_name: str, class_path: str) -> None:
    assert python(WITHOUT_KEDRO_DATASETS, INSTALL, resolve(type_name)) == class_path


def test_our_own_types_save_and_load_without_kedro_datasets() -> None:
    told = python(
        WITHOUT_KEDRO_DATASETS,
        INSTALL,
        "import tempfile; from kedro.io import DataCatalog",
        "path = tempfile.mkdtemp() + '/metrics.json'",
        "catalog = DataCatalog.from_config({'metrics': {'type': 'tracking.MetricsDataset', 'filepath': path}})",
        "catalog['metrics'].save({'loss': 0.25}); print(catalog['metrics'].load())",
    )

    assert told == "{'loss': 0.25}"


@pytest.mark.parametrize(
    "type_name",
    ["matplotlib.MatplotlibWriter", "matplotlib.MatplotlibDataset", "plotly.PlotlyDataset", "plotly.JSONDataset"],
)
def test_a_type_that_needs_kedro_datasets_says_what_to_install(type_name: str) -> None:
    told = python(
        WITHOUT_KEDRO_DATASETS,
        INSTALL,
        "from kedro.io import AbstractDataset, DatasetError",
        "try:",
        f"    AbstractDataset.from_config('plot', {{'type': '{type_name}', 'filepath': 'x'}})",
        "except DatasetError as error:",
        "    print(error)",
    )

    group = type_name.partition(".")[0]
    assert f"`{type_name}` is a dataset of kedro-datasets, which is not installed." in told
    assert f'pip install "kedro-datasets[{group}]"' in told


def test_with_kedro_datasets_nothing_stands_in_kedros_own_package() -> None:
    told = python(
        INSTALL,
        "import importlib.util",
        "print([importlib.util.find_spec(f'kedro.io.{name}') for name in ('tracking', 'matplotlib', 'plotly')])",
    )

    assert told == "[None, None, None]"


def test_without_us_kedro_knows_what_kedro_datasets_has_and_nothing_else() -> None:
    """The names come from us and from nowhere else: else the tests of this file would show nothing."""
    told = python(
        "from kedro.io.core import DatasetError, parse_dataset_definition as parse",
        "for name in ('tracking.MetricsDataset', 'matplotlib.MatplotlibWriter'):",
        "    try:",
        "        print(parse({'type': name})[0].__module__.split('.')[0])",
        "    except DatasetError:",
        "        print('unknown')",
    )
    assert told.splitlines() == [
        package if package == "kedro_datasets" else "unknown" for package in (TRACKING, WRITER)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((INSTALL, "import kedro_datasets.matplotlib"), id="module imported after"),
        pytest.param(("import kedro_datasets.matplotlib", INSTALL), id="module imported before"),
        pytest.param((INSTALL, INSTALL), id="installed twice"),
    ],
)
def test_classes_are_importable_in_python_code(lines: tuple[str, ...]) -> None:
    told = python(
        *lines,
        "from kedro_datasets.tracking import JSONDataset, MetricsDataset",
        "from kedro_datasets.matplotlib import MatplotlibDataset, MatplotlibWriter"
        if KEDRO_DATASETS >= 7
        else "from kedro_datasets.matplotlib import MatplotlibWriter",
        "from kedro_datasets.tracking.metrics_dataset import MetricsDataset as same",
        "from kedro_datasets.matplotlib.matplotlib_writer import MatplotlibWriter as same_writer",
        "import kedro_datasets.matplotlib as plots, kedro_datasets.tracking as tracking",
        "print(MetricsDataset is same, MatplotlibWriter is same_writer, JSONDataset is tracking.JSONDataset)",
        "print(sorted(tracking.__all__), plots.__all__.count('MatplotlibWriter'))",
        "print('MatplotlibWriter' in dir(plots), 'MetricsDataset' in dir(tracking))",
    )
    assert told.splitlines() == ["True True True", "['JSONDataset', 'MetricsDataset'] 1", "True True"]


def test_modules_keep_their_own_loader_and_unknown_names_their_own_error() -> None:
    told = python(
        INSTALL,
        "import importlib.resources, inspect, kedro_datasets.matplotlib as plots",
        "print(type(plots.__loader__).__name__, type(plots.__spec__.loader).__name__)",
        "print('lazy' in inspect.getsource(plots))",
        "try:",
        "    plots.NoSuchDataset",
        "except AttributeError as error:",
        "    print('NoSuchDataset' in str(error))",
        "try:",
        "    import kedro_datasets.no_such_module",
        "except ModuleNotFoundError as error:",
        "    print(error)",
    )
    assert told.splitlines() == [
        "SourceFileLoader SourceFileLoader",
        "True",
        "True",
        "No module named 'kedro_datasets.no_such_module'",
    ]


def test_installing_imports_nothing_outside_the_standard_library() -> None:
    told = python(
        "import sys",
        "before = set(sys.modules)",
        INSTALL,
        "new = {name.split('.')[0] for name in set(sys.modules) - before}",
        "print(sorted(new - set(sys.stdlib_module_names) - {'kedro_viz'}))",
    )
    assert told == "[]"


def test_tracking_datasets_need_neither_pandas_nor_matplotlib_nor_numpy() -> None:
    told = python(
        INSTALL,
        f"import sys, {OURS}.tracking",
        "print([name for name in ('pandas', 'matplotlib', 'numpy', 'kedro_datasets') if name in sys.modules])",
    )
    assert told == "[]"


@pytest.mark.parametrize("type_name", ["matplotlib.MatplotlibWriter", "tracking.MetricsDatset"])
def test_what_kedro_says_of_a_missing_dependency_or_a_typo_is_what_it_says_of_its_own_types(
    type_name: str,
) -> None:
    """`MatplotlibWriter` without Matplotlib fails as `json.JSONDatset` and `pillow.ImageDataset` do without us."""
    told = python(
        "import sys",
        "from importlib.abc import MetaPathFinder",
        "class NoMatplotlib(MetaPathFinder):",
        "    def find_spec(self, fullname, path, target=None):",
        "        if fullname.split('.')[0] == 'matplotlib':",
        "            raise ModuleNotFoundError(\"No module named 'matplotlib'\", name='matplotlib')",
        "sys.meta_path.insert(0, NoMatplotlib())",
        INSTALL,
        "from kedro.io.core import DatasetError, parse_dataset_definition as parse",
        "try:",
        f"    parse({{'type': '{type_name}'}})",
        "except DatasetError as error:",
        "    print(error)",
    )
    assert "pip install kedro-datasets" in told
    if type_name.startswith("matplotlib"):
        assert "No module named 'matplotlib'" in told
        assert "Please install the missing dependencies" in told


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_datasets_travel_to_worker_processes(start_method: str) -> None:
    """A worker made by spawn unpickles a dataset before anything of ours has been imported in it."""
    told = python(
        "import multiprocessing as mp, pathlib, tempfile",
        INSTALL,
        "from kedro_datasets.matplotlib import MatplotlibWriter",
        "from kedro_datasets.tracking import JSONDataset, MetricsDataset",
        "folder = pathlib.Path(tempfile.mkdtemp())",
        "made = [kind(filepath=str(folder / kind.__name__)) for kind in (JSONDataset, MetricsDataset)]",
        "plot = MatplotlibWriter(filepath=str(folder / 'plot.png'))",
        f"with mp.get_context('{start_method}').Pool(1) as workers:",
        "    workers.apply(made[1].save, ({'n': 1},))",
        "    print([dataset.exists() for dataset in made], workers.map(MatplotlibWriter.exists, [plot]))",
    )
    assert told == "[False, True] [False]"
