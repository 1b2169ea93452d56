"""Pauses as actions: one name each, the same for YAML, command line and MQTT."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field

from audiobook_daemon.actions import Actions, BadArguments, parameters_of
from audiobook_daemon.actions.kinds import Name
from audiobook_daemon.config.units import Duration
from audiobook_daemon.models import Outcome
from audiobook_daemon.scheduler import Scheduler

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST = timedelta(days=3660)


def _bearable(value: timedelta) -> timedelta:
    if not timedelta(0) < value <= _LONGEST:
        raise ValueError("should be more than 0 and ten years at most")
    return value


Lasting = Annotated[Duration, AfterValidator(_bearable)]
Moment = Annotated[str, Field(min_length=1, max_length=40)]


class Pausing:
    """Lets the times of one job or of the whole schedule pass; what a person asks for runs all the same."""

    names: ClassVar[tuple[str, ...]] = ("pause", "resume")
    """The methods that are actions."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def register(self, actions: Actions) -> None:
        """Add the actions to the table."""
        for name in self.names:
            actions.add(name, getattr(self, name))

    async def pause(
        self, job: Name | None = None, duration: Lasting | None = None, until: Moment | None = None
    ) -> Outcome:
        """Pause a job, or the whole schedule: for a `duration` (2h), `until` a time (07:00), or until it is resumed."""
        end = self._end(duration, until)
        if job is None:
            await self._scheduler.pause_all(end)
        else:
            await self._scheduler.pause(job, end)
        lasting = f" until {end.astimezone(self._scheduler.zone):%Y-%m-%d %H:%M}" if end else ""
        return Outcome(f"{job or 'The whole schedule'} is paused{lasting}.", 1, 1)

    async def resume(self, job: Name | None = None) -> Outcome:
        """Let a job, or the whole schedule, run at its times again; what it missed is not made up for."""
        if job is None:
            await self._scheduler.resume_all()
        else:
            await self._scheduler.resume(job)
        own = sorted(one.name for one in self._scheduler.statuses() if one.paused) if job is None else []
        still = f" Paused by themselves are still: {', '.join(own)}." if own else ""
        held = " The whole schedule is paused, though." if job is not None and self._scheduler.paused else ""
        return Outcome(f"{job or 'The whole schedule'} is resumed.{still}{held}", 1, 1)

    def _end(self, duration: timedelta | None, until: str | None) -> datetime | None:
        if duration is not None and until is not None:
            raise BadArguments("pause: give a duration or the time until which it lasts, not both.")
        now = self._scheduler.now()
        if duration is not None:
            return now + duration
        return None if until is None else _moment(until, self._scheduler.zone, now)


def _moment(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Read the next time the clock shows `07:00`, or a date with a time; raises BadArguments."""
    local = now.astimezone(zone)
    try:
        if clock := _CLOCK.fullmatch(text.strip()):
            found = local.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
            found = found if found > local else found + timedelta(days=1)
        else:
            found = datetime.fromisoformat(text.strip())
            found = found if found.tzinfo else found.replace(tzinfo=zone)
        if not now < found <= now + _LONGEST:
            raise BadArguments(f"pause: until: {text} is over already, or more than ten years away.")
    except (ValueError, OverflowError):
        raise BadArguments("pause: until: should be a time, as in 07:00 or 2026-12-24 18:00.") from None
    return found


def declared() -> dict[str, type[BaseModel]]:
    """The argument models of all actions, known before there is a schedule to pause."""
    return {name: parameters_of(name, getattr(Pausing, name)) for name in Pausing.names}
