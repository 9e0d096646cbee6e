"""Times, durations, sizes and numbers as people read them in a terminal."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from kedro_viz.tracking.metric import JsonNumber

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_SIZES = ("kB", "MB", "GB", "TB", "PB")


def moment_text(milliseconds: int | None) -> str:
    """A time of the record on this machine's clock, to the second."""
    if milliseconds is None:
        return "at a time that is not recorded"
    try:
        return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
    except (OverflowError, ValueError, OSError):
        # No calendar has it.
        return f"{milliseconds} ms"


def duration_text(seconds: float) -> str:
    """A duration by its two largest units."""
    if seconds < 9.995:
        return f"{seconds:.2f} s"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min"


def size_text(size: int | None) -> str:
    """A number of bytes; nothing if it is not known."""
    if size is None:
        return ""
    if abs(size) < 1000:
        return f"{size} B"
    number = float(size)
    for unit in _SIZES:
        number /= 1000
        if abs(number) < 999.5 or unit == _SIZES[-1]:
            break
    return f"{number:.1f} {unit}" if number < 9.95 else f"{number:,.0f} {unit}"


def number_text(number: JsonNumber) -> str:
    """A metric's value by its leading digits. Whole numbers are whole."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:
        return f"{int(number)}"
    return f"{number:.6g}" if isinstance(number, float) else str(number)


def count_text(count: int, one: str, many: str | None = None) -> str:
    """A count and what is counted."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
