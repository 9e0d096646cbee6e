"""Nodes that compare the families and draw the data."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from plotly import graph_objects as go
from sklearn.metrics import mean_absolute_error, r2_score

from demo_project.plot_style import DIVERGING, FAMILY_COLOURS, GROUND, SEQUENTIAL, TEXT, new_axes

# On a cell darker than this (relative luminance) a number is written in the ground's colour.
_DARK_CELL = 0.4


def rank_families(
    linear_regression: pd.DataFrame, random_forest: pd.DataFrame, gradient_boosting: pd.DataFrame
) -> pd.DataFrame:
    """Measure all families on their predictions.

    Args:
        linear_regression: Actual and predicted prices.
        random_forest: The same.
        gradient_boosting: The same.

    Returns:
        One row a family: `family`, `r2_score` and `mae`, in the order of the arguments.
    """
    predictions = {
        "Linear regression": linear_regression,
        "Random forest": random_forest,
        "Gradient boosting": gradient_boosting,
    }
    return pd.DataFrame(
        [
            {
                "family": family,
                "r2_score": float(r2_score(table["actual"], table["predicted"])),
                "mae": float(mean_absolute_error(table["actual"], table["predicted"])),
            }
            for family, table in predictions.items()
        ]
    )


def name_champion(family_ranking: pd.DataFrame) -> dict[str, str | float | bool]:
    """Tell which family does best, by how much, and whether that is more than chance would do."""
    ranked = family_ranking.sort_values("r2_score", ascending=False)
    scores = ranked["r2_score"].tolist()
    lead = scores[0] - scores[1]
    return {
        "champion": ranked["family"].tolist()[0],
        "runner_up": ranked["family"].tolist()[1],
        "r2_score": round(scores[0], 4),
        "lead": round(lead, 4),
        "clear": lead > 0.01,
    }


def plot_model_comparison(family_ranking: pd.DataFrame) -> go.Figure:
    """Draw how much of the price each family explains."""
    figure = go.Figure(
        go.Bar(
            x=family_ranking["family"].tolist(),
            y=family_ranking["r2_score"].tolist(),
            customdata=family_ranking[["mae"]].to_numpy().tolist(),
            text=[f"{score:.3f}" for score in family_ranking["r2_score"]],
            textposition="outside",
            cliponaxis=False,
            marker_color=FAMILY_COLOURS,
            hovertemplate="%{x}<br>R² %{y:.4f}<br>mean error €%{customdata[0]:,.0f}<extra></extra>",
        )
    )
    figure.update_layout(
        title={"text": "Share of the price explained (R²)", "x": 0.02, "font": {"size": 17}},
        margin={"l": 60, "r": 24, "t": 64, "b": 48},
        yaxis={"range": [0, 1], "tickformat": ".0%"},
        bargap=0.45,
    )
    return figure


def plot_price_bands(gradient_boosting: pd.DataFrame, bands: int) -> Figure:
    """Draw how often a shuttle's price band is told right.

    Args:
        gradient_boosting: Actual and predicted prices.
        bands: Into how many bands of equally many shuttles prices are divided.

    Returns:
        A heat map: rows are actual bands, columns predicted ones, numbers the share of each row.
    """
    edges = np.quantile(gradient_boosting["actual"], np.linspace(0, 1, bands + 1))[1:-1]
    actual = np.digitize(gradient_boosting["actual"], edges)
    predicted = np.digitize(gradient_boosting["predicted"], edges)
    counts = np.zeros((bands, bands))
    np.add.at(counts, (actual, predicted), 1)
    shares = counts / counts.sum(axis=1, keepdims=True)

    labels = _band_labels(edges)
    figure, axes = new_axes("Price bands told right (gradient boosting)")
    _draw_heat_map(axes, shares, SEQUENTIAL, (0, 1), "{:.0%}")
    axes.set_xticks(range(bands), labels)
    axes.set_yticks(range(bands), labels)
    axes.set(xlabel="Predicted band", ylabel="Actual band")
    return figure


def plot_feature_correlation(model_input_table: pd.DataFrame) -> Figure:
    """Draw how the features go together with one another and with the price."""
    by_strength = model_input_table.corr()["price"].abs().sort_values(ascending=False)
    strongest = by_strength.index[:10].tolist()
    correlation = model_input_table[strongest].corr().to_numpy()
    labels = [name.replace("_", " ") for name in strongest]
    figure, axes = new_axes("Correlation of the strongest features", width=7.2, height=6.0)
    _draw_heat_map(axes, correlation, DIVERGING, (-1, 1), "{:.2f}")
    axes.set_xticks(range(len(labels)), labels, rotation=35, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(labels)), labels)
    return figure


def select_prices(model_input_table: pd.DataFrame) -> pd.DataFrame:
    """Take the prices alone, without the dearest hundredth, which would flatten a histogram.

    Returns:
        The column `price`, whole euros.
    """
    price = model_input_table["price"]
    return price[price <= price.quantile(0.99)].round().to_frame()


def _band_labels(edges: npt.NDArray[np.float64]) -> list[str]:
    limits = [f"€{edge:,.0f}" for edge in edges]
    between = [f"{low} to\n{high}" for low, high in pairwise(limits)]
    return [f"up to\n{limits[0]}", *between, f"over\n{limits[-1]}"]


def _draw_heat_map(
    axes: Axes,
    values: npt.NDArray[np.float64],
    colours: Colormap,
    limits: tuple[float, float],
    number_format: str,
) -> None:
    axes.grid(visible=False)
    axes.imshow(values, cmap=colours, vmin=limits[0], vmax=limits[1], aspect="auto")
    cell_colours = colours((values - limits[0]) / (limits[1] - limits[0]))
    for (row, column), value in np.ndenumerate(values):
        red, green, blue, _ = cell_colours[row, column]
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        colour = GROUND if luminance < _DARK_CELL else TEXT
        axes.text(column, row, number_format.format(value), ha="center", va="center", color=colour, fontsize=9)
    axes.spines[:].set_visible(False)
