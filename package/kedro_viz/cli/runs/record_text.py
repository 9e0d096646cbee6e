"""A run's record for a person's eyes: in a terminal of 80 columns, and as plain lines in a pipe."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kedro_viz.cli.runs.formatting import count_text, duration_text, moment_text, number_text, size_text
from kedro_viz.cli.runs.run_record import RunRecord
from kedro_viz.store.reading.series import Series
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.metric import json_number
from kedro_viz.tracking.node_run import NodeRun, NodeStatus
from kedro_viz.tracking.printable import printable, printable_lines, shortened
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.shell_words import recorded_command

STATUS_STYLES = {
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

_BAR_CELLS = 20
_TRACEBACK_LINES = 20
_VALUE_CHARACTERS = 200
# Enough to see whether two are the same.
_FINGERPRINT_CHARACTERS = 8
# Values that are longer give way to names: a node's duration and bar have room.
_VALUE_COLUMNS = 30
_DURATION_COLUMNS = 8
_INDENT = 2
_GAP = 2
# A terminal that is narrower breaks lines itself.
_LEAST_COLUMNS = 40

# What most want to know of an environment at a glance.
_NAMED_PACKAGES = ("kedro", "kedro-datasets", "kedro-viz")


def record_text(record: RunRecord, columns: int | None, encoding: str) -> RenderableType:
    """Lay out a run's record.

    Args:
        record: The run.
        columns: How wide it may be; None if no line is to be broken.
        encoding: What it will be written in: what that does not have is drawn otherwise.
    """
    room = None if columns is None else max(columns - _INDENT, _LEAST_COLUMNS)

    def pairs(title: str, rows: Iterable[tuple[str, str]]) -> RenderableType | None:
        texts = [(_text(name), Text(shortened(value, _VALUE_CHARACTERS))) for name, value in rows]
        return _section(title, _table(texts, room))

    sections = [
        *_head(record, room),
        _section("Error", _error(record)),
        _section("Nodes", _nodes(record.nodes, room, _bar_character(encoding))),
        pairs("Metrics", ((metric.id, number_text(metric.value)) for metric in record.metrics)),
        pairs("Series", map(_series, record.series)),
        pairs("Parameters", ((each.name, each.value) for each in record.parameters)),
        pairs("JSON", ((each.dataset, each.data) for each in record.documents)),
        _section("Data in", _data(record, saved=False)),
        _section("Data out", _data(record, saved=True)),
        _section("Environment", _environment(record)),
        pairs("Code", _code(record)),
    ]
    return Group(*(section for section in sections if section is not None))


def _head(record: RunRecord, room: int | None) -> Iterator[RenderableType | None]:
    run = record.run
    yield Text("★ " if run.bookmark else "", style="bold").append(shortened(run.title, 500))
    status = Text(run.status.value, style=f"bold {STATUS_STYLES[run.status]}")
    if run.duration is not None:
        status.append(f" after {duration_text(run.duration)}", style="default not bold")
    status.append(f", begun {moment_text(run.started_at)}", style="default not bold")
    rows: list[tuple[str, str | None]] = [
        ("Command", run.command and recorded_command(run.command)),
        ("Project", run.project),
        ("Pipeline", run.pipeline),
        ("Env", run.env),
        ("Runner", run.runner),
        ("Author", run.author),
        ("Memory", f"{size_text(record.peak_memory)} at most" if record.peak_memory else None),
    ]
    texts = [(Text(name, style="dim"), _text(value)) for name, value in rows if value]
    first = [(Text("Run", style="dim"), _text(run.id))] if run.title != run.id else []
    table = _table([*first, (Text("Status", style="dim"), status), *texts], room)
    yield None if table is None else _indented(table)
    yield _section("Notes", Text("\n".join(printable_lines(run.notes.strip())))) if run.notes.strip() else None


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


def _nodes(nodes: list[NodeRun], room: int | None, character: str) -> RenderableType | None:
    starts = [node.started_at for node in nodes if node.started_at is not None]
    ends = [node.ended_at for node in nodes if node.ended_at is not None]
    first, last = min(starts, default=0), max([*ends, *starts], default=0)
    rows = []
    for node in nodes:
        style = _NODE_STYLES.get(node.status, "dim")
        name = _text(node.node)
        if node.status is not NodeStatus.SUCCEEDED:
            name.append(f"  {node.status.value}", style=style)
        time = Text(("" if node.duration is None else duration_text(node.duration)).rjust(_DURATION_COLUMNS) + "  ")
        rows.append((name, time.append(_bar(node, first, last, character), style=style)))
    return _table(rows, room)


def _bar(node: NodeRun, first: int, last: int, character: str) -> str:
    """Where a node stands in the run's time, and how long."""
    if node.started_at is None:
        return ""
    end = last if node.ended_at is None else node.ended_at
    whole = max(1, last - first)
    start_cell = min(_BAR_CELLS - 1, max(0, _BAR_CELLS * (node.started_at - first) // whole))
    end_cell = min(_BAR_CELLS, max(start_cell + 1, math.ceil(_BAR_CELLS * (end - first) / whole)))
    return " " * start_cell + character * (end_cell - start_cell)


def _bar_character(encoding: str) -> str:
    try:
        "█".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "#"
    return "█"


def _series(series: Series) -> tuple[str, str]:
    summary = series.summary
    step, value = json_number(summary.last_step), json_number(summary.last)
    told = f"{number_text(value)} at step {number_text(step)}, {count_text(summary.count, 'point')}"
    if summary.minimum is not None and summary.maximum is not None:
        told += f", from {number_text(summary.minimum)} to {number_text(summary.maximum)}"
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
        if use.fingerprint:
            kind, _, digits = use.fingerprint.partition(":")
            line.append(f"  {shortened(kind, 20)}:{printable(digits[:_FINGERPRINT_CHARACTERS])}", style="dim")
        parts.append(line)
        where = "  ".join(filter(None, (_path(use, project), _version(use, record.run.id))))
        if where:
            parts.append(_indented(Text(printable(where), style="dim", overflow="fold")))
    return Group(*parts) if parts else None


def _path(use: DataUse, project: object) -> str:
    """A path as the catalog has it: relative to the project, and without the version."""
    path = (use.path or "").removeprefix(f"{project}/" if project else "")
    inside = f"/{use.version}/{path.rpartition('/')[2]}"
    return path.removesuffix(inside) if use.version else path


def _version(use: DataUse, run_id: str) -> str:
    return "" if use.version is None else "version of this run" if use.version == run_id else f"version {use.version}"


def _environment(record: RunRecord) -> RenderableType | None:
    environment = record.environment
    if environment is None:
        return Text(f"Kedro {printable(record.run.kedro_version)}") if record.run.kedro_version else None
    versions = {package.name.lower().replace("_", "-"): package.version for package in environment.packages}
    named = [f"{name} {versions[name]}" for name in _NAMED_PACKAGES if name in versions]
    python = f"{environment.implementation} {environment.python} on {environment.platform}"
    packages = ", ".join([*named, count_text(len(environment.packages), "package") + " in all"])
    return Group(_text(python), _text(packages))


def _code(record: RunRecord) -> Iterator[tuple[str, str]]:
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
        yield "changes", f"{count_text(files, 'file')}, {count_text(added, 'line')} added, {removed:,} removed"
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


def _section(title: str, body: RenderableType | None) -> RenderableType | None:
    if body is None:
        return None
    return Group("", Text(title, style="bold"), _indented(body))


def _indented(body: RenderableType) -> Padding:
    return Padding(body, (0, 0, 0, _INDENT), expand=False)


def _table(rows: Sequence[tuple[Text, Text]], room: int | None) -> Table | None:
    """Names and what belongs to them.

    Args:
        rows: The rows.
        room: How wide the table may be; None for as wide as it gets.
    """
    if not rows:
        return None
    names, values = (max(text.cell_len for text in column) for column in zip(*rows, strict=True))
    # The widths are ours: Rich would narrow names first, or give out more than there is.
    if room is not None:
        names = min(names, room - _GAP - min(values, _VALUE_COLUMNS))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))
    table.add_column(overflow="fold", width=names)
    table.add_column(overflow="fold", width=None if room is None else room - names - _GAP)
    for row in rows:
        table.add_row(*row)
    return table


def _text(text: str) -> Text:
    return Text(printable(text), overflow="fold")
