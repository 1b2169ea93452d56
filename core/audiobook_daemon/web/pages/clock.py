"""Writes moments as people read them: near ones by their distance, all of them in the configured time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

_STEPS = ((60, 1, "s"), (3600, 60, "min"), (36 * 3600, 3600, "h"), (45 * 86400, 86400, "d"), (None, 30 * 86400, "mo"))


@dataclass(frozen=True, slots=True)
class Clock:
    """What the time is, and where."""

    now: datetime
    zone: ZoneInfo

    def ago(self, moment: datetime | None, never: str = "never") -> Markup:
        """How far a moment is, as an element that the page keeps true; its title tells the whole."""
        if moment is None:
            return Markup('<span class="soft">{}</span>').format(never)
        return self._time(moment, distance(moment, self.now), relative=True)

    def at(self, moment: datetime | None, never: str = "") -> Markup:
        """A moment to the minute: the time alone for one of today."""
        if moment is None:
            return Markup("{}").format(never)
        there = moment.astimezone(self.zone)
        today = there.date() == self.now.astimezone(self.zone).date()
        return self._time(moment, f"{there:%H:%M}" if today else f"{there:%Y-%m-%d %H:%M}")

    def day(self, moment: datetime | date | None, never: str = "") -> str:
        """The day alone."""
        if isinstance(moment, datetime):
            moment = moment.astimezone(self.zone)
        return never if moment is None else f"{moment:%Y-%m-%d}"

    def heading(self, moment: datetime) -> str:
        """The day as a heading of a list: today, yesterday, or its date."""
        day = moment.astimezone(self.zone).date()
        gone = (self.now.astimezone(self.zone).date() - day).days
        return {0: "Today", 1: "Yesterday"}.get(gone, f"{day:%A}, {day.day} {day:%B %Y}")

    def _time(self, moment: datetime, text: str, *, relative: bool = False) -> Markup:
        there = moment.astimezone(self.zone)
        mark = Markup(" data-relative") if relative else ""
        return Markup('<time datetime="{iso}" title="{whole}"{mark}>{text}</time>').format(
            iso=there.isoformat(timespec="seconds"), whole=f"{there:%Y-%m-%d %H:%M:%S %Z}", mark=mark, text=text
        )


def distance(moment: datetime, now: datetime) -> str:
    """`in 4 min`, `3 h ago`, or `now`; the page's own script says the same."""
    seconds = (moment - now).total_seconds()
    apart = abs(seconds)
    if apart < 5:
        return "now"
    told = _rounded(apart)
    return f"in {told}" if seconds > 0 else f"{told} ago"


def duration(seconds: float | None) -> str:
    """A length of time in one or two units; empty if unknown."""
    if seconds is None:
        return ""
    if seconds < 1:
        return "< 1 s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes:02d} min"
    return f"{hours // 24} d {hours % 24} h"


def _rounded(seconds: float) -> str:
    for limit, unit, name in _STEPS:
        if limit is None or seconds < limit:
            return f"{int(seconds // unit)} {name}"
    raise AssertionError("the last step has no limit")
