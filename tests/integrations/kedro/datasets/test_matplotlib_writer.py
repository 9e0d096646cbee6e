"""`matplotlib.MatplotlibWriter` saves figures, and the module `pyplot` that the tutorial's node returns."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from kedro.io import DataCatalog

from kedro_viz.integrations.kedro.datasets import install

SESSION = "2024-05-01T12.30.45.678Z"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[DataCatalog]:
    install()
    mpl.use("Agg")
    plt.close("all")
    yield DataCatalog.from_config(
        {
            "plot": {
                "type": "matplotlib.MatplotlibWriter",
                "filepath": str(tmp_path / "plot.png"),
                "versioned": True,
            }
        },
        save_version=SESSION,
    )
    plt.close("all")


def test_pyplot_saves_its_current_figure_and_closes_it(catalog: DataCatalog, tmp_path: Path) -> None:
    plt.plot([1, 2, 3])
    catalog.save("plot", plt)
    assert (tmp_path / "plot.png" / SESSION / "plot.png").read_bytes().startswith(PNG)
    assert plt.get_fignums() == []


def test_pyplot_is_saved_from_another_thread_as_async_runs_do(catalog: DataCatalog, tmp_path: Path) -> None:
    plt.plot([1, 2, 3])
    with ThreadPoolExecutor(1) as saving:
        saving.submit(catalog.save, "plot", plt).result()
    assert (tmp_path / "plot.png" / SESSION / "plot.png").read_bytes().startswith(PNG)
    assert plt.get_fignums() == []


def test_figures_by_name_are_saved_side_by_side(catalog: DataCatalog, tmp_path: Path) -> None:
    catalog.save("plot", {"one.png": plt.figure(), "two.png": plt.figure()})
    folder = tmp_path / "plot.png" / SESSION / "plot.png"
    assert sorted(path.name for path in folder.iterdir()) == ["one.png", "two.png"]
    assert plt.get_fignums() == []


def test_preview_is_the_picture(catalog: DataCatalog) -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    catalog.save("plot", figure)
    dataset: Any = catalog["plot"]  # Any: kedro-datasets publishes no types
    assert dataset.preview().startswith("iVBORw0KGgo")  # a PNG's first bytes in base64
