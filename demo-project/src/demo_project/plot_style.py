"""The look of this project's plots.

Pictures are stored once and shown on light and on dark pages: they carry a light ground of their own. Plotly's figures
have none: their ground is that of the page.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

GROUND = "#fbfcfe"
TEXT = "#1f2937"
MUTED = "#6b7280"
GRID = "#e3e8ef"
ACCENT = "#2563eb"
# For families of models, in their order: told apart without red and green.
FAMILY_COLOURS = ["#2563eb", "#d97706", "#0d9488"]

SEQUENTIAL = LinearSegmentedColormap.from_list("ground_to_accent", [GROUND, "#93b4f5", ACCENT, "#1e2f6f"])
DIVERGING = LinearSegmentedColormap.from_list("amber_to_blue", ["#b45309", "#f3c98b", GROUND, "#93b4f5", "#1d4ed8"])


def _as_euros(value: float, _position: int | None = None) -> str:
    return f"€{value:,.0f}"


euros = FuncFormatter(_as_euros)


def new_axes(title: str, width: float = 6.4, height: float = 4.6) -> tuple[Figure, Axes]:
    """Start a picture.

    Args:
        title: Stands above the plot, at the left.
        width: In inches.
        height: In inches.

    Returns:
        The figure and its only axes. The figure belongs to no window, so pictures may be drawn in any thread.
    """
    figure = Figure(figsize=(width, height), dpi=110, facecolor=GROUND)
    figure.set_layout_engine("constrained", w_pad=0.14, h_pad=0.14)
    axes = figure.add_subplot(facecolor=GROUND)
    axes.set_title(title, loc="left", color=TEXT, fontsize=13, fontweight="bold", pad=12)
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=TEXT, labelsize=9.5, length=0)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set(color=MUTED, fontsize=10.5)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set_color(GRID)
    return figure, axes
