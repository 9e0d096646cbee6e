"""A run's record for a person's eyes: in a terminal of 80 columns, and as plain lines in a pipe."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kedro_viz.cli.runs.formatting import count_text, duration_text, moment_text, number_text, size_text
from kedro_viz.cli.runs.run_record import RunRecord
from kedro_viz.store.reading.series import Series
from kedro_viz.tracking.metric import json_number
from kedro_viz.tracking.node_run import NodeRun, NodeStatus
from kedro_viz.tracking.printable import printable, printable_lines, shortened
from kedro_viz.tracking.run import RunStatus

_STATUS_STYLES = {
    RunStatus.RUNNING: "blue",
    RunStatus.SUCCEEDED: "green",
    RunStatus.FAILED: "red",
    RunStatus.CANCELLED: "yellow",
    RunStatus.LOST: "yellow",
}
_NODE_STYLES = {
    NodeStatus.RUNNING: "blue",
    NodeStatus.SUCCEEDED: "green",
    NodeStatus.FAILED: "red",
    NodeStatus.INTERRUPTED: "yellow",
}

_BAR_CELLS = 24
_TRACEBACK_LINES = 20
_VALUE_CHARACTERS = 200
_FINGERPRINT_CHARACTERS = 19

# What most want to know of an environment at a glance.
_NAMED_PACKAGES = ("kedro", "kedro-datasets", "kedro-viz")


def record_text(record: RunRecord, console: Console) -> RenderableType:
    """Lay out a run's record.

    Args:
        record: The run.
        console: Where it will be printed: what it cannot write is drawn otherwise.
    """
    sections = [
        _head(record),
        _section("Error", _error(record)),
        _section("Nodes", _nodes(record.nodes, _bar_character(console))),
        _section("Metrics", _pairs((metric.id, number_text(metric.value)) for metric in record.metrics)),
        _section("Series", _pairs(map(_series, record.series))),
        _section("Parameters", _pairs((each.name, each.value) for each in record.parameters)),
        _section("JSON", _pairs((each.dataset, each.data) for each in record.documents)),
        _section("Data in", _data(record, saved=False)),
        _section("Data out", _data(record, saved=True)),
        _section("Environment", _environment(record)),
        _section("Code", _code(record)),
    ]
    return Group(*(section for section in sections if section is not None))


def _head(record: RunRecord) -> RenderableType:
    run = record.run
    title = Text("★ " if run.bookmark else "", style="bold").append(shortened(run.title, 500))
    status = Text(run.status.value, style=f"bold {_STATUS_STYLES[run.status]}")
    if run.duration is not None:
        status.append(f" after {duration_text(run.duration)}", style="default not bold")
    status.append(f", begun {moment_text(run.started_at)}", style="default not bold")
    rows: list[tuple[str, Text | str | None]] = [
        ("Run", run.id if run.title != run.id else None),
        ("Status", status),
        ("Command", run.command),
        ("Pipeline", run.pipeline),
        ("Env", run.env),
        ("Runner", run.runner),
        ("Author", run.author),
        ("Memory", f"{size_text(record.peak_memory)} at most" if record.peak_memory else None),
    ]
    table = _table()
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(name, value if isinstance(value, Text) else _text(value))
    parts: list[RenderableType] = [title, _indented(table)]
    if run.notes.strip():
        parts.append(_section("Notes", Text("\n".join(printable_lines(run.notes.strip())))) or "")
    return Group(*parts)


def _error(record: RunRecord) -> RenderableType | None:
    failure = record.failure
    if failure is None:
        return None
    where = f" in the node {record.failed_node}" if record.failed_node else ""
    parts = [Text(printable(failure.type), style="red").append(printable(where), style="default")]
    parts += [Text(line) for line in printable_lines(failure.message.strip())]
    trace = printable_lines(failure.traceback.rstrip()) if failure.traceback.strip() else []
    if len(trace) > _TRACEBACK_LINES:
        left = len(trace) - _TRACEBACK_LINES
        parts.append(Text(f"… the first {count_text(left, 'line')} of the traceback: --format json", style="dim"))
    parts += [Text(line, style="dim") for line in trace[-_TRACEBACK_LINES:]]
    return Group(*parts)


def _nodes(nodes: list[NodeRun], character: str) -> RenderableType | None:
    if not nodes:
        return None
    starts = [node.started_at for node in nodes if node.started_at is not None]
    ends = [node.ended_at for node in nodes if node.ended_at is not None]
    first, last = min(starts, default=0), max([*ends, *starts], default=0)
    has_memory = any(node.peak_memory for node in nodes)
    table = _table()
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    if has_memory:
        table.add_column(justify="right", no_wrap=True)
    for node in nodes:
        style = _NODE_STYLES.get(node.status, "dim")
        name = _text(node.node)
        if node.status is not NodeStatus.SUCCEEDED:
            name.append(f"  {node.status.value}", style=style)
        duration = Text("" if node.duration is None else duration_text(node.duration))
        bar = Text(_bar(node, first, last, character), style=style)
        table.add_row(name, duration, bar, *([Text(size_text(node.peak_memory), style="dim")] if has_memory else []))
    return table


def _bar(node: NodeRun, first: int, last: int, character: str) -> str:
    """Where a node stands in the run's time, and how long."""
    if node.started_at is None:
        return ""
    end = last if node.ended_at is None else node.ended_at
    whole = max(1, last - first)
    start_cell = min(_BAR_CELLS - 1, max(0, _BAR_CELLS * (node.started_at - first) // whole))
    end_cell = min(_BAR_CELLS, max(start_cell + 1, math.ceil(_BAR_CELLS * (end - first) / whole)))
    return (" " * start_cell + character * (end_cell - start_cell)).ljust(_BAR_CELLS)


def _bar_character(console: Console) -> str:
    try:
        "█".encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return "#"
    return "█"


def _series(series: Series) -> tuple[str, str]:
    step, value = json_number(series.points.steps[-1]), json_number(series.points.values[-1])
    told = f"{number_text(value)} at step {number_text(step)}, {count_text(series.count, 'point')}"
    if series.minimum is not None and series.maximum is not None:
        told += f", from {number_text(series.minimum)} to {number_text(series.maximum)}"
    return series.name, told


def _data(record: RunRecord, *, saved: bool) -> RenderableType | None:
    project = record.session.get("project_path")
    parts: list[RenderableType] = []
    for use in record.data_uses:
        if use.saved is not saved:
            continue
        line = _text(use.dataset).append(f"  {printable(use.type.rpartition('.')[2])}", style="dim")
        if use.size is not None:
            line.append(f"  {size_text(use.size)}")
        parts.append(line)
        # A path in the project is as its catalog has it.
        path = (use.path or "").removeprefix(f"{project}/" if project else "")
        version = f"version {use.version}" if use.version else ""
        identity = "  ".join(filter(None, (version, (use.fingerprint or "")[:_FINGERPRINT_CHARACTERS])))
        parts += [_indented(Text(printable(each), style="dim", overflow="fold")) for each in (path, identity) if each]
    return Group(*parts) if parts else None


def _environment(record: RunRecord) -> RenderableType | None:
    environment = record.environment
    if environment is None:
        return Text(f"Kedro {printable(record.run.kedro_version)}") if record.run.kedro_version else None
    versions = {package.name.lower().replace("_", "-"): package.version for package in environment.packages}
    named = [f"{name} {versions[name]}" for name in _NAMED_PACKAGES if name in versions]
    python = f"{environment.implementation} {environment.python} on {environment.platform}"
    packages = ", ".join([*named, count_text(len(environment.packages), "package") + " in all"])
    return Group(_text(python), _text(packages))


def _code(record: RunRecord) -> RenderableType | None:
    rows = list(_code_rows(record))
    return _pairs(rows) if rows else None


def _code_rows(record: RunRecord) -> Iterator[tuple[str, str]]:
    run, source = record.run, record.source
    if run.git_sha:
        branch = f" on {run.git_branch}" if run.git_branch else ""
        changed = ", with changes that were not committed" if run.git_dirty else ""
        yield "git", f"{run.git_sha}{branch}{changed}"
    if run.git_remote:
        yield "remote", run.git_remote
    if record.git_diff:
        lines = record.git_diff.splitlines()
        added = sum(line.startswith("+") and not line.startswith("+++") for line in lines)
        removed = sum(line.startswith("-") and not line.startswith("---") for line in lines)
        files = sum(line.startswith("diff --git ") for line in lines)
        yield "changes", f"{count_text(files, 'file')}, {added:,} lines added, {removed:,} removed"
    if source is None:
        return
    kept = [file for file in source.files if file.hash is not None]
    told = [f"{count_text(len(kept), 'file')} kept, {size_text(sum(file.size for file in kept))}"]
    redacted = sum(file.redacted for file in kept)
    if redacted:
        told.append(f"{redacted:,} with secrets replaced")
    if len(kept) < len(source.files):
        told.append(f"{len(source.files) - len(kept):,} not kept")
    yield "files", ", ".join(told)
    if source.problem:
        yield "", source.problem


def _pairs(pairs: Iterable[tuple[str, str]]) -> RenderableType | None:
    table = _table()
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(_text(name), Text(shortened(value, _VALUE_CHARACTERS)))
    return table if table.row_count else None


def _section(title: str, body: RenderableType | None) -> RenderableType | None:
    if body is None:
        return None
    return Group("", Text(title, style="bold"), _indented(body))


def _indented(body: RenderableType) -> Padding:
    return Padding(body, (0, 0, 0, 2), expand=False)


def _table() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))


def _text(text: str) -> Text:
    return Text(printable(text), overflow="fold")
