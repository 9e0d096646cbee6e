"""Tables of runs for a person's eyes."""

from __future__ import annotations

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kedro_viz.cli.runs.cells import Cells, is_number
from kedro_viz.cli.runs.record_text import STATUS_STYLES
from kedro_viz.tracking.printable import printable
from kedro_viz.tracking.run import RunStatus

# What one copies must be there in full.
_NEVER_CUT = ("id",)


def list_text(cells: Cells, width: int | None) -> RenderableType:
    """A row a run.

    Args:
        cells: The runs.
        width: How wide the terminal is; None if no line is to be cut.
    """
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    texts = cells.texts()
    for place, column in enumerate(cells.columns):
        values = [row[place] for row in cells.rows]
        table.add_column(
            printable(str(column)),
            justify="right" if is_number(column, values) or str(column) == "duration" else "left",
            no_wrap=width is None or str(column) in _NEVER_CUT,
            overflow="fold",
            min_width=None if width is None else min(8, max(map(len, texts[place]), default=0)),
        )
    for line in zip(*texts, strict=True):
        table.add_row(*(_cell(str(column), text) for column, text in zip(cells.columns, line, strict=True)))
    return table


def _cell(column: str, text: str) -> Text:
    if column != "status":
        return Text(text)
    try:
        return Text(text, style=STATUS_STYLES[RunStatus(text)])
    except ValueError:
        return Text(text)
