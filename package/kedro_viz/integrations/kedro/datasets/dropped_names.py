"""Makes names that kedro-datasets dropped importable from where they used to be.

Two finders take part in Python's import system (see "the meta path" in the Python reference):

* one at its end, asked only when nobody else has the module, stands in for the modules that kedro-datasets
  no longer ships. Where kedro-datasets still ships them, the real ones are found first. Without kedro-datasets,
  it stands in for modules of `kedro.io`, where Kedro looks for a catalog's types too;
* one at its start lets `kedro_datasets.matplotlib` be loaded as ever and then adds the class that is missing
  from it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_OURS = "kedro_viz.integrations.kedro.datasets"
_PLOTS = "kedro_datasets.matplotlib"
_WRITER = "MatplotlibWriter"
_WRITER_MODULE = f"{_OURS}.matplotlib.matplotlib_writer"

# The modules that kedro-datasets has dropped, and ours that stand in for them.
_STAND_INS = {
    "kedro_datasets.tracking": f"{_OURS}.tracking",
    "kedro_datasets.tracking.json_dataset": f"{_OURS}.tracking.json_dataset",
    "kedro_datasets.tracking.metrics_dataset": f"{_OURS}.tracking.metrics_dataset",
    f"{_PLOTS}.matplotlib_writer": _WRITER_MODULE,
}
# Where kedro-datasets is not installed, `kedro_datasets.tracking` cannot be imported whatever stands in for it. Kedro
# looks for a catalog's types in `kedro.io` first.
_ALONE = {
    name.replace("kedro_datasets.", "kedro.io.", 1): ours for name, ours in _STAND_INS.items() if ".tracking" in name
}
_PACKAGES = frozenset({"kedro_datasets.tracking", "kedro.io.tracking"})

# The types that are shown as plots. These are kedro-datasets' own, whose module and extra have one name.
_NEEDS_KEDRO_DATASETS = {
    "kedro.io.matplotlib": frozenset({"MatplotlibWriter", "MatplotlibDataset"}),
    "kedro.io.plotly": frozenset({"PlotlyDataset", "JSONDataset", "HTMLDataset"}),
}


class _StandInLoader(Loader):
    """Fills a module under a dropped name with what our module of that subject offers."""

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002  # Python's signature
        return None  # Python's own empty module will do

    def exec_module(self, module: ModuleType) -> None:
        ours = importlib.import_module((_STAND_INS | _ALONE)[module.__name__])
        module.__doc__ = ours.__doc__
        offered: list[str] = ours.__all__
        vars(module).update({name: getattr(ours, name) for name in offered}, __all__=list(offered))


class _MissingLoader(Loader):
    """Fills a module with nothing but what to install."""

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002  # Python's signature
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.rpartition(".")[2]
        types = _NEEDS_KEDRO_DATASETS[module.__name__]

        def __getattr__(wanted: str) -> object:  # noqa: N807  # the name that Python calls
            if wanted not in types:
                raise AttributeError(f"module {module.__name__!r} has no attribute {wanted!r}")
            # Kedro would take an AttributeError or ModuleNotFoundError for a reason to look elsewhere.
            raise ImportError(
                f"`{name}.{wanted}` is a dataset of kedro-datasets, which is not installed. Install it: "
                f'pip install "kedro-datasets[{name}]"'
            )

        vars(module).update(__getattr__=__getattr__)


def _has_kedro_datasets() -> bool:
    try:
        return importlib.util.find_spec("kedro_datasets") is not None
    except (ImportError, ValueError):
        return False


class DroppedModuleFinder(MetaPathFinder):
    """Finds the modules that kedro-datasets has dropped. Stands last on `sys.meta_path`."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002  # Python's signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The spec of a stand-in if `fullname` is a dropped module, else None."""
        if fullname in _NEEDS_KEDRO_DATASETS and not _has_kedro_datasets():
            return ModuleSpec(fullname, _MissingLoader())
        if fullname not in _STAND_INS and (fullname not in _ALONE or _has_kedro_datasets()):
            return None
        return ModuleSpec(fullname, _StandInLoader(), is_package=fullname in _PACKAGES)


class _CompletingLoader(Loader):
    """Loads a module by its own loader, then adds what is missing from it."""

    def __init__(self, own: Loader, complete: Callable[[ModuleType], None]) -> None:
        self._own = own
        self._complete = complete

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        # From here on the module is its own loader's alone, for whoever looks up its source or its data
        # files.
        module.__loader__ = self._own
        if module.__spec__ is not None:
            module.__spec__.loader = self._own
        self._own.exec_module(module)
        self._complete(module)


class PlotModuleFinder(MetaPathFinder):
    """Has `kedro_datasets.matplotlib` completed as it is loaded. Stands first on `sys.meta_path`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec that the other finders have for `kedro_datasets.matplotlib`; None for any other module."""
        if fullname != _PLOTS:
            return None
        for finder in sys.meta_path:
            if finder is self:
                continue
            spec = finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _CompletingLoader(spec.loader, add_matplotlib_writer)
                return spec
        return None


def add_matplotlib_writer(module: ModuleType) -> None:
    """Give `kedro_datasets.matplotlib` a `MatplotlibWriter`, if it has none.

    The class is made when it is first asked for, so that matplotlib is imported no earlier than without us,
    and a missing matplotlib is reported by Kedro in its own words.

    Args:
        module: `kedro_datasets.matplotlib`, loaded. Its own `__getattr__` resolves its names lazily.
    """
    names: Sequence[str] = getattr(module, "__all__", ())
    if _WRITER in names or _WRITER in vars(module):
        return
    resolve: Callable[[str], object] | None = vars(module).get("__getattr__")

    def __getattr__(name: str) -> object:  # noqa: N807  # the name that Python calls
        if name == _WRITER:
            writer: object = getattr(importlib.import_module(_WRITER_MODULE), _WRITER)
            setattr(module, _WRITER, writer)
            return writer
        if resolve is None:
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        return resolve(name)

    def __dir__() -> list[str]:  # noqa: N807
        return sorted({*names, *vars(module), _WRITER})

    vars(module).update(__getattr__=__getattr__, __dir__=__dir__, __all__=[*names, _WRITER])


def install() -> None:
    """Make the dropped names importable in this process. Cheap, and calling it again does nothing more."""
    finders = {type(finder) for finder in sys.meta_path}
    if DroppedModuleFinder not in finders:
        sys.meta_path.append(DroppedModuleFinder())
    if PlotModuleFinder not in finders:
        sys.meta_path.insert(0, PlotModuleFinder())
    loaded = sys.modules.get(_PLOTS)
    if loaded is not None:
        add_matplotlib_writer(loaded)
