"""A comparison for a person's eyes."""

from __future__ import annotations

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kedro_viz.cli.runs.cells import cell_texts, is_number
from kedro_viz.cli.runs.comparison import ComparedColumn, Comparison, Delta
from kedro_viz.tracking.printable import printable

# More runs than these stand below each other.
_MOST_BESIDE_EACH_OTHER = 6


def comparison_text(comparison: Comparison, width: int | None) -> RenderableType:
    """Runs beside each other; many of them below each other.

    Args:
        comparison: What to show.
        width: How wide the terminal is; None if no line is to be cut.
    """
    beside = len(comparison.run_ids) <= _MOST_BESIDE_EACH_OTHER
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    told = {str(each.column): _cells(each) for each in comparison.columns}
    heads = [
        f"{printable(run_id)}{' (baseline)' if run_id == comparison.baseline else ''}" for run_id in comparison.run_ids
    ]
    wrapped = width is not None
    if beside:
        table.add_column("", overflow="fold", no_wrap=not wrapped)
        for head in heads:
            table.add_column(head, justify="right", overflow="fold", no_wrap=not wrapped)
        for name, cells in told.items():
            table.add_row(printable(name), *cells)
        return table
    table.add_column("id", no_wrap=True)
    for each in comparison.columns:
        table.add_column(
            printable(str(each.column)),
            justify="right" if is_number(each.column, each.values) else "left",
            overflow="fold",
            no_wrap=not wrapped,
        )
    for place, head in enumerate(heads):
        table.add_row(head, *(cells[place] for cells in told.values()))
    return table


def _cells(compared: ComparedColumn) -> list[Text]:
    texts = cell_texts(compared.column, compared.values)
    return [_with_delta(text, delta) for text, delta in zip(texts, compared.deltas, strict=True)]


def _with_delta(text: str, delta: Delta | None) -> Text:
    told = Text(text)
    if delta is None or not delta.absolute:
        return told
    percent = "" if delta.percent is None else f", {delta.percent:+.1f} %"
    # A word beside the colour: not everybody sees it, and a pipe has none.
    word = {True: " better", False: " worse", None: ""}[delta.better]
    style = {True: "green", False: "red", None: "dim"}[delta.better]
    return told.append(f" ({delta.absolute:+.4g}{percent}{word})", style=style)
