"""Reads times and durations as people write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

EXAMPLES = ("today", "yesterday", "2 hours ago", "7 days ago", "this week", "last month")
"""Words for times, to choose from."""

# Nothing that is longer names a time.
_MAX_CHARACTERS = 100

_UNIT = re.compile(r"(ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)\s*", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}

_AGO = re.compile(r"(.+?)\s+ago", re.IGNORECASE)
_CALENDAR_AGO = re.compile(r"(\d{1,6}|an?|one)\s+(month|year)s?", re.IGNORECASE)
_MONTHS = {"month": 1, "year": 12}
_CALENDAR = re.compile(r"(this|last)\s+(week|month|year)", re.IGNORECASE)
_DATE = re.compile(
    r"""(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)
    (?:[T\s]\s*(?P<hour>\d\d)[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6}))?)?
    \s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Period:
    """A stretch of time, from `start` to before `end`: milliseconds since 1970, UTC."""

    start: int
    end: int


def parse_period(text: str, now: datetime) -> Period | None:
    """The time that a text names.

    Args:
        text: A date, as long as it is exact: "2024", "2024-05", "2024-05-01", "2024-05-01 12:30:00", with a zone or in
            that of `now`; or words: "yesterday", "this week", "2 hours ago".
        now: The present. Without a zone it is local time.

    Returns:
        The time; None if the text names none, or one that no clock knows.
    """
    if len(text) > _MAX_CHARACTERS:
        return None
    text = " ".join(text.split())
    try:
        return _words(text.lower(), now) or _date(text, now)
    except (ValueError, OverflowError, OSError):
        return None


def _words(text: str, now: datetime) -> Period | None:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if text == "now":
        return _moment(now)
    if text in ("today", "yesterday"):
        first = today - timedelta(days=0 if text == "today" else 1)
        return _period(first, first + timedelta(days=1))
    if (match := _CALENDAR.fullmatch(text)) is not None:
        return _calendar_period(match[2], match[1] == "last", today)
    if (match := _AGO.fullmatch(text)) is None:
        return None
    if (months := _CALENDAR_AGO.fullmatch(match[1])) is not None:
        number = int(months[1]) if months[1].isdigit() else 1
        return _moment(_months_before(now, number * _MONTHS[months[2]]))
    seconds = parse_duration(re.sub(r"^(an?|one)\b", "1", match[1]))
    return None if seconds is None else _moment(now - timedelta(seconds=seconds))


def _calendar_period(unit: str, last: bool, today: datetime) -> Period:
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + (7 if last else 0))
        return _period(monday, monday + timedelta(days=7))
    first = today.replace(day=1) if unit == "month" else today.replace(month=1, day=1)
    first = _months_before(first, _MONTHS[unit] if last else 0)
    return _period(first, _months_before(first, -_MONTHS[unit]))


def _months_before(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    # The 31st of a month that has 30 days is its last day.
    for day in range(moment.day, moment.day - 4, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise ValueError(f"no such year: {year}")


def _date(text: str, now: datetime) -> Period | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    fields = {name: int(match[name]) for name in ("year", "month", "day", "hour", "minute", "second") if match[name]}
    micros = int((match["fraction"] or "").ljust(6, "0") or 0)
    zone = match["zone"]
    start = datetime(**({"month": 1, "day": 1} | fields), microsecond=micros, tzinfo=now.tzinfo)
    if zone:
        start = start.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00{_offset(zone)}").tzinfo)
    if "day" not in fields:
        return _period(start, _months_before(start, -1 if "month" in fields else -12))
    lengths = (("second", timedelta(seconds=1)), ("minute", timedelta(minutes=1)), ("day", timedelta(days=1)))
    length = next(length for name, length in lengths if name in fields)
    if match["fraction"]:
        length = timedelta(milliseconds=1)
    return _period(start, start + length)


def _offset(zone: str) -> str:
    return "+00:00" if zone in "Zz" else f"{zone[:3]}:{zone[-2:]}"


def _period(start: datetime, end: datetime) -> Period:
    return Period(_milliseconds(start), _milliseconds(end))


def _moment(moment: datetime) -> Period:
    return Period(_milliseconds(moment), _milliseconds(moment))


def _milliseconds(moment: datetime) -> int:
    return math.floor(moment.timestamp() * 1000)


def parse_duration(text: str) -> float | None:
    """The seconds of a duration: "90 s", "5 min", "1h 30min", "2 days".

    Returns:
        The seconds; None for a text that is no duration.
    """
    text = text.strip()
    if not text or len(text) > _MAX_CHARACTERS or _AMOUNT.sub("", text):
        return None
    seconds = 0.0
    for amount, unit in _AMOUNT.findall(text):
        if not _UNIT.fullmatch(unit):
            return None
        name = unit.lower()
        seconds += float(amount) * (0.001 if name.startswith(("ms", "milli")) else _SECONDS[name[0]])
    return seconds if math.isfinite(seconds) else None
