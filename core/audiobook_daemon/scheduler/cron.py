"""Cron times in a time zone, right across daylight saving; the only file that knows croniter.

As in Vixie cron, a job with set hours follows the wall clock: when the clock jumps over its time it runs right at the
jump, and when an hour comes twice it runs in the first one. A job of every hour (`*`) runs whenever the clock shows
its minute, so that it neither pauses nor doubles where the clock is put forward or back.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import CroniterBadCronError, CroniterBadDateError, croniter

_FIELDS = 5
_HOUR = 1
_ALIASES = ("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually")
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


def check_cron(expression: str) -> str | None:
    """Say in one sentence what is wrong with a cron expression, or None; five fields or an alias such as `@daily`."""
    fields = expression.split()
    if expression.startswith("@"):
        if expression not in _ALIASES:
            return f"there is no such cron time; there are {', '.join(_ALIASES)}"
    elif len(fields) != _FIELDS:
        return "a cron time has five fields: minute, hour, day of month, month, day of week"
    elif any(field.lower().startswith(("h", "r")) for field in fields):
        return "not a cron time (hashed and random times are not known here)"
    try:
        croniter(expression, datetime(2024, 1, 1)).get_next(datetime)  # noqa: DTZ001 - the wall clock has no zone
    except CroniterBadDateError:
        return "this time never comes"
    except (CroniterBadCronError, ValueError, KeyError) as error:
        return f"not a cron time ({error})"
    return None


def next_after(expression: str, zone: ZoneInfo, moment: datetime) -> datetime:
    """The first time after `moment`, in UTC."""
    start = moment.astimezone(UTC)
    change = _last_change(zone, start - _DAY, start)
    base = _wall(start, zone).replace(second=0, microsecond=0)
    if change is not None:
        base = max(base, _first_wall(expression, change, zone) - _MINUTE)
    while True:
        wall: datetime = croniter(expression, base).get_next(datetime)
        found = wall.replace(tzinfo=UTC) - _offset(start, zone)
        later = _first_change(zone, start, found)
        if later is None:
            return found if change is None else max(found, change)
        start = change = later
        base = _first_wall(expression, change, zone) - _MINUTE


def previous_before(expression: str, zone: ZoneInfo, moment: datetime) -> datetime:
    """The last time at or before `moment`, in UTC."""
    end = moment.astimezone(UTC)
    base = _wall(end, zone).replace(second=0, microsecond=0) + _MINUTE
    while True:
        wall: datetime = croniter(expression, base).get_prev(datetime)
        found = wall.replace(tzinfo=UTC) - _offset(end, zone)
        change = _last_change(zone, found - _DAY, end)
        if change is None:
            return found
        if wall >= _first_wall(expression, change, zone):
            return max(found, change)
        end = change - _SECOND
        base = _wall_without(change, zone)


def _first_wall(expression: str, change: datetime, zone: ZoneInfo) -> datetime:
    """The first wall-clock time that counts after a change of the offset.

    A job of every hour goes by what the clock shows from then on. For others the times that are jumped over count
    too, at the jump itself, and those that come a second time do not.
    """
    return _wall(change, zone) if _every_hour(expression) else _wall_without(change, zone)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _wall_without(change: datetime, zone: ZoneInfo) -> datetime:
    """What the clock would show at a change of the offset had it not been changed."""
    return change.replace(tzinfo=None) + _offset(change - _SECOND, zone)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _first_change(zone: ZoneInfo, start: datetime, end: datetime) -> datetime | None:
    """The first instant after `start` and up to `end` at which the zone changes its offset; looks at every day."""
    while start < end:
        stop = min(start + _DAY, end)
        if _offset(start, zone) != _offset(stop, zone):
            return _the_change(zone, start, stop)
        start = stop
    return None


def _last_change(zone: ZoneInfo, start: datetime, end: datetime) -> datetime | None:
    """The last such instant."""
    while start < end:
        stop = max(end - _DAY, start)
        if _offset(stop, zone) != _offset(end, zone):
            return _the_change(zone, stop, end)
        end = stop
    return None


def _the_change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = _offset(low, zone)
    while high - low > _SECOND:
        middle = low + (high - low) / 2
        if _offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _every_hour(expression: str) -> bool:
    fields = expression.split()
    return expression == "@hourly" or (len(fields) == _FIELDS and fields[_HOUR] == "*")
