"""Times and durations as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kedro_viz.store.query.language.times import EXAMPLES, parse_duration, parse_period

EAST = timezone(timedelta(hours=2))
# The last day of a March, after a leap day.
NOW = datetime(2024, 3, 31, 15, 30, 20, 500_000, tzinfo=EAST)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("now", "2024-03-31T15:30:20.500+02:00", None),
        ("today", "2024-03-31T00:00+02:00", "2024-04-01T00:00+02:00"),
        ("  Yesterday ", "2024-03-30T00:00+02:00", "2024-03-31T00:00+02:00"),
        ("this week", "2024-03-25T00:00+02:00", "2024-04-01T00:00+02:00"),
        ("last week", "2024-03-18T00:00+02:00", "2024-03-25T00:00+02:00"),
        ("this month", "2024-03-01T00:00+02:00", "2024-04-01T00:00+02:00"),
        ("last month", "2024-02-01T00:00+02:00", "2024-03-01T00:00+02:00"),
        ("this year", "2024-01-01T00:00+02:00", "2025-01-01T00:00+02:00"),
        ("last  year", "2023-01-01T00:00+02:00", "2024-01-01T00:00+02:00"),
        ("7 days ago", "2024-03-24T15:30:20.500+02:00", None),
        ("2 hours ago", "2024-03-31T13:30:20.500+02:00", None),
        ("an hour ago", "2024-03-31T14:30:20.500+02:00", None),
        ("a day ago", "2024-03-30T15:30:20.500+02:00", None),
        ("90 min ago", "2024-03-31T14:00:20.500+02:00", None),
        ("1.5 h ago", "2024-03-31T14:00:20.500+02:00", None),
        ("1h 30min ago", "2024-03-31T14:00:20.500+02:00", None),
        ("2 weeks ago", "2024-03-17T15:30:20.500+02:00", None),
        ("1 month ago", "2024-02-29T15:30:20.500+02:00", None),
        ("13 months ago", "2023-02-28T15:30:20.500+02:00", None),
        ("a year ago", "2023-03-31T15:30:20.500+02:00", None),
        ("2024", "2024-01-01T00:00+02:00", "2025-01-01T00:00+02:00"),
        ("2023-12", "2023-12-01T00:00+02:00", "2024-01-01T00:00+02:00"),
        ("2024-02-29", "2024-02-29T00:00+02:00", "2024-03-01T00:00+02:00"),
        ("2024-05-01 12:30", "2024-05-01T12:30+02:00", "2024-05-01T12:31+02:00"),
        ("2024-05-01T12:30:05", "2024-05-01T12:30:05+02:00", "2024-05-01T12:30:06+02:00"),
        ("2024-05-01T12:30:05.25", "2024-05-01T12:30:05.250+02:00", "2024-05-01T12:30:05.251+02:00"),
        ("2024-05-01T12:30Z", "2024-05-01T12:30+00:00", "2024-05-01T12:31+00:00"),
        ("2024-05-01 12:30 -0330", "2024-05-01T12:30-03:30", "2024-05-01T12:31-03:30"),
        # A run's id.
        ("2024-05-01T12.30.45.678Z", "2024-05-01T12:30:45.678+00:00", "2024-05-01T12:30:45.679+00:00"),
    ],
)
def test_a_text_names_a_time(text: str, start: str, end: str | None) -> None:
    period = parse_period(text, NOW)
    assert period is not None
    assert datetime.fromtimestamp(period.start / 1000, EAST) == datetime.fromisoformat(start)
    assert datetime.fromtimestamp(period.end / 1000, EAST) == datetime.fromisoformat(end or start)


def test_a_date_without_a_zone_is_of_the_local_clock() -> None:
    period = parse_period("2024-05-01", datetime(2024, 5, 2))  # noqa: DTZ001 - the local clock
    assert period is not None
    assert period.start == round(datetime(2024, 5, 1).timestamp() * 1000)  # noqa: DTZ001 - the local clock


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "ago", "5 ago", "5 parsecs ago", "-5 days ago", "2024-", "2024-00", "2024-13", "2024-02-30"),
        *("2024-05-01 25:00", "2024-05-01 12", "24-05-01", "10000-01-01", "0000", "9999", "99999999 years ago"),
        *("9" * 90 + " days ago", "9" * 90 + " h ago", "next week", "1 month", "x" * 1_000, "2024-05-01T12:30+99:99"),
    ],
)
def test_other_texts_name_none(text: str) -> None:
    assert parse_period(text, NOW) is None


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_are_times(text: str) -> None:
    assert parse_period(text, NOW) is not None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90 s", 90),
        ("90s", 90),
        ("5 min", 300),
        ("1.5 hours", 5_400),
        ("1h 30min", 5_400),
        ("2 days", 172_800),
        ("1 week", 604_800),
        ("250 ms", 0.25),
        ("1 minute 1 second", 61),
        ("5 M", 300),
        ("", None),
        ("5", None),
        ("min", None),
        ("5 months", None),
        ("-5 min", None),
        ("5 min and 3 s", None),
        ("9" * 400 + " s", None),
    ],
)
def test_a_text_names_a_duration(text: str, seconds: float | None) -> None:
    assert parse_duration(text) == seconds
