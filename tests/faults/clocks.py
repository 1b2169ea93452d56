"""Faults of the clock: it jumps by hours, and summer time begins and ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.faults.script import Script
from tests.faults.trial import Trial

ZONE = "Europe/Berlin"
_HOUR = 3600.0
_JUMPS = (5 * _HOUR, -3 * _HOUR, 26 * _HOUR, -25 * _HOUR, -_HOUR, 0.5 * _HOUR)


async def jumps(trial: Trial) -> None:
    """The clock is set forward and back, before rounds and between lives; the daemon also keeps time meanwhile."""
    for number in range(2 + trial.books):
        planned = {turn: trial.rng.choice(_JUMPS) for turn in (1, 2)}
        for jump in planned.values():
            trial.record.add("clock jump", f"{jump / _HOUR:+g} h")
        if await trial.live(Script(rounds=2, limit=1, jumps=planned, serve=number % 2 == 1)) == "settled":
            break


async def daylight(trial: Trial) -> None:
    """Time runs across both changes of the clocks while books are on their way."""
    text = trial.world.config.read_text().replace("timezone: UTC", f"timezone: {ZONE}")
    trial.world.config.write_text(text)
    await trial.live(Script(rounds=1, limit=1))
    for change in changes_after(datetime.now(UTC)):
        for _ in range(2):
            trial.record.add("summer time", change.isoformat())
            start = (change - timedelta(minutes=20)).isoformat()
            jumped = {2: 15 * 60.0, 3: 30 * 60.0, 4: -_HOUR, 5: 2 * _HOUR}
            await trial.live(Script(rounds=6, limit=1, starts=start, jumps=jumped, serve=True))


def changes_after(moment: datetime) -> tuple[datetime, ...]:
    """The next two hours at which the clocks of Europe/Berlin change, in order."""
    zone = ZoneInfo(ZONE)
    hour = moment.replace(minute=0, second=0, microsecond=0)
    found: list[datetime] = []
    while len(found) < 2:
        after = hour + timedelta(hours=1)
        if hour.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            found.append(after)
        hour = after
    return tuple(found)
