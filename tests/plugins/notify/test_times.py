"""Times of day over midnight and over the change of clocks, in both directions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from audiobook_plugins.notify.times import DigestTime, QuietHours, read_digest_time, read_quiet_hours

BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(text: str) -> QuietHours:
    read = read_quiet_hours(text)
    assert isinstance(read, QuietHours)
    return read


def digest(text: str) -> DigestTime:
    read = read_digest_time(text)
    assert isinstance(read, DigestTime)
    return read


@pytest.mark.parametrize(
    ("quiet", "now", "end"),
    [
        ("22:00-07:00", "2026-01-10 20:59:59", None),
        ("22:00-07:00", "2026-01-10 21:00", "2026-01-11 06:00"),
        ("22:00-07:00", "2026-01-10 23:30", "2026-01-11 06:00"),
        ("22:00-07:00", "2026-01-11 05:59:59", "2026-01-11 06:00"),
        ("22:00-07:00", "2026-01-11 06:00", None),
        ("13:00-15:00", "2026-01-11 12:30", "2026-01-11 14:00"),
        ("13:00-15:00", "2026-01-11 23:30", None),
        ("00:00-06:00", "2026-01-10 23:00", "2026-01-11 05:00"),
        # Clocks go forward on 2026-03-29 at 01:00 UTC: the night is an hour shorter.
        ("22:00-07:00", "2026-03-28 22:00", "2026-03-29 05:00"),
        ("22:00-02:30", "2026-03-28 23:00", "2026-03-29 01:00"),
        ("02:30-05:00", "2026-03-29 00:59", None),
        ("02:30-05:00", "2026-03-29 01:00", "2026-03-29 03:00"),
        # Clocks go back on 2026-10-25 at 01:00 UTC: from two to three comes twice.
        ("22:00-07:00", "2026-10-24 22:00", "2026-10-25 06:00"),
        ("22:00-02:30", "2026-10-25 00:45", "2026-10-25 01:30"),
        ("22:00-02:30", "2026-10-25 01:30", None),
        ("02:30-05:00", "2026-10-25 00:29", None),
        ("02:30-05:00", "2026-10-25 00:30", "2026-10-25 04:00"),
        ("02:30-05:00", "2026-10-25 01:15", "2026-10-25 04:00"),
    ],
)
def test_quiet_hours_end_when_the_clock_on_the_wall_says_so(quiet: str, now: str, end: str | None) -> None:
    assert hours(quiet).end_of(utc(now), BERLIN) == (utc(end) if end else None)


@pytest.mark.parametrize("start", ["2026-03-28 12:00", "2026-10-24 12:00"])
def test_quiet_hours_have_one_beginning_and_one_end_a_night(start: str) -> None:
    quiet = hours("01:30-02:45")
    states = [quiet.end_of(utc(start) + timedelta(minutes=n), BERLIN) is not None for n in range(24 * 60)]
    assert sum(one != other for one, other in pairwise(states)) == 2


@pytest.mark.parametrize(
    ("when", "after", "due"),
    [
        ("daily at 19:00", "2026-01-10 17:00", "2026-01-10 18:00"),
        ("daily at 19:00", "2026-01-10 18:00", "2026-01-11 18:00"),
        ("weekly at 19:00", "2026-01-10 17:00", "2026-01-11 18:00"),
        ("weekly on friday at 7:05", "2026-01-10 17:00", "2026-01-16 06:05"),
        ("Daily  at 02:30", "2026-03-28 12:00", "2026-03-29 01:00"),
        ("daily at 02:30", "2026-03-29 01:00", "2026-03-30 00:30"),
        ("daily at 02:30", "2026-10-24 12:00", "2026-10-25 00:30"),
        ("daily at 02:30", "2026-10-25 00:30", "2026-10-26 01:30"),
    ],
)
def test_a_digest_comes_once_a_day_or_week(when: str, after: str, due: str) -> None:
    assert digest(when).next(utc(after), BERLIN) == utc(due)


@pytest.mark.parametrize("text", ["22:00", "22-7", "25:00-07:00", "07:00-07:00", "", "22:00-07:60"])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"22:00-07:00|no time of day"):
        read_quiet_hours(text)


@pytest.mark.parametrize("text", ["daily", "19:00", "daily on friday at 19:00", "weekly on caturday at 19:00"])
def test_what_is_no_digest_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="daily at 19:00"):
        read_digest_time(text)


def test_times_are_written_as_they_are_read() -> None:
    assert str(hours("22:00-07:00")) == "22:00-07:00"
    for text in ("daily at 19:00", "weekly on friday at 07:05"):
        assert str(digest(text)) == text
