"""Quiet hours and the times of digests in a time zone, right where clocks are changed; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_HOURS = re.compile(r"(\d{1,2}:\d{2})\s*(?:-|–|to)\s*(\d{1,2}:\d{2})")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DIGEST = re.compile(rf"(daily|weekly)(?:\s+on\s+({'|'.join(_DAYS)}))?\s+at\s+(\d{{1,2}}:\d{{2}})")
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day to another, over midnight if the end is the earlier one."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def end_of(self, now: datetime, zone: tzinfo) -> datetime | None:
        """Return when the quiet hours end that it is now, or None if it is none.

        Of an hour that comes twice they begin with the first and end with the second.
        """
        today = now.astimezone(zone).date()
        for day in (today - timedelta(days=1), today):
            last = day if self.start < self.end else day + timedelta(days=1)
            end = _moment(last, self.end, zone, last=True)
            if _moment(day, self.start, zone) <= now < end:
                return end
        return None


@dataclass(frozen=True, slots=True)
class DigestTime:
    """A time of day, on each day or on one of the week (0 is Monday)."""

    at: time
    weekday: int | None = None

    def __str__(self) -> str:
        return f"{'daily' if self.weekday is None else f'weekly on {_DAYS[self.weekday]}'} at {self.at:%H:%M}"

    def next(self, after: datetime, zone: tzinfo) -> datetime:
        """Return the first such time after a moment."""
        day = after.astimezone(zone).date()
        while True:
            moment = _moment(day, self.at, zone)
            if moment > after and self.weekday in {None, day.weekday()}:
                return moment
            day += timedelta(days=1)


def read_quiet_hours(value: object) -> object:
    """Read `22:00-07:00`; raises ValueError."""
    if not isinstance(value, str):
        return value
    match = _HOURS.fullmatch(value.strip())
    if not match:
        raise ValueError("write two times of day, as in 22:00-07:00")
    start, end = _time(match[1]), _time(match[2])
    if start == end:
        raise ValueError("the quiet hours begin and end at the same time; write two times, as in 22:00-07:00")
    return QuietHours(start, end)


def read_digest_time(value: object) -> object:
    """Read `daily at 19:00`, `weekly at 19:00` (on Sunday) or `weekly on friday at 19:00`; raises ValueError."""
    if not isinstance(value, str):
        return value
    match = _DIGEST.fullmatch(" ".join(value.lower().split()))
    if not match or (match[1] == "daily" and match[2]):
        raise ValueError("write a time as in `daily at 19:00` or `weekly on sunday at 19:00`")
    if match[1] == "daily":
        return DigestTime(_time(match[3]))
    return DigestTime(_time(match[3]), _DAYS.index(match[2]) if match[2] else _SUNDAY)


def _time(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    if hour > 23 or minute > 59:
        raise ValueError(f"{text} is no time of day")
    return time(hour, minute)


def _moment(day: date, at: time, zone: tzinfo, *, last: bool = False) -> datetime:
    """The moment of a time of day: of one that comes twice the first or the last, of one that is left out the next."""
    wall = datetime.combine(day, at).replace(tzinfo=zone, fold=int(last))
    moment = wall.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    early, late = sorted(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall.replace(tzinfo=None):
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)
