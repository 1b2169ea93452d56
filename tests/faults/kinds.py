"""The kinds of fault, and how a household is brought through each of them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from tests.faults import clocks, files, sessions, tables
from tests.faults.answers import Spoil
from tests.faults.script import CallFault, Rooms, Script
from tests.faults.trial import Trial

Way = Callable[[Trial], Awaitable[None]]
SPOILT = ("mam", "prowlarr", "google_books", "qbittorrent", "audiobookshelf")
_LIMITS = (1, 2, 5)
_MANY = 4_000
"""More requests than any service gets in a trial."""
_LINES = {Rooms.ALL: (2_000, 80_000), Rooms.ACTING: (20, 12_000)}
"""Between which lines a life ends; what is near its beginning is as likely as what is far from it."""
_CALLS: Mapping[str, tuple[str, ...]] = {
    "ENOSPC": ("link", "mkdir", "open", "write", "fsync"),
    "EIO": ("link", "rename", "mkdir", "open", "write", "fsync", "unlink", "rmdir", "statvfs", "stat", "scandir"),
    "EACCES": ("link", "rename", "mkdir", "open", "unlink", "rmdir", "stat", "scandir"),
    "EXDEV": ("link", "rename"),
    "EROFS": ("link", "rename", "mkdir", "unlink", "rmdir"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault."""

    title: str
    way: Way
    real: frozenset[str] = frozenset()
    """The services that are the installed program in this trial, where there is one."""
    root: bool = False
    """Whether only root can bring it about (it mounts something)."""
    sqlite: bool = False
    """Whether it is about the SQLite file."""


async def kills(trial: Trial, rooms: Rooms, a_book: float = 2.0) -> None:
    """SIGKILL at a random line of our code, again and again, until every book had its share of deaths."""
    for _ in range(math.ceil(trial.books * a_book)):
        if (
            await trial.live(Script(kill=_line(trial.rng, rooms), rooms=rooms, limit=trial.rng.choice(_LIMITS)))
            == "settled"
        ):
            break


async def failing_calls(trial: Trial, how: str) -> None:
    """Calls to the operating system fail, one here, some in a row there."""
    for _ in range(3 + trial.books // 2):
        calls = tuple(
            CallFault(name, trial.rng.randint(1, 4), how, times=trial.rng.choice((1, 1, 3)))
            for name in trial.rng.sample(_CALLS[how], min(2, len(_CALLS[how])))
        )
        script = Script(rounds=trial.rng.randint(1, 4), limit=trial.rng.choice(_LIMITS), calls=calls)
        if await trial.live(script) == "settled":
            break


async def spoilt_answers(trial: Trial, spoil: Spoil) -> None:
    """One request in four of each service goes wrong, for as long as there is anything to do."""
    await stumbling(trial, one_in=9 if spoil is Spoil.RESTART else 4, spoils=(spoil,))
    for _ in range(6):
        if await trial.live(Script(rounds=30, limit=trial.rng.choice(_LIMITS))) == "settled":
            break
    await recovered(trial)


async def restarted_broker(trial: Trial) -> None:
    """The broker goes and comes back all the time while the daemon speaks to it."""

    async def restart() -> None:
        while True:
            await asyncio.sleep(trial.rng.uniform(0.1, 0.6))
            await trial.world.stop("mqtt")
            trial.record.add("mqtt restart", "broker")
            await asyncio.sleep(trial.rng.uniform(0.0, 0.3))
            await trial.world.start("mqtt")

    restarting = asyncio.create_task(restart())
    try:
        for _ in range(3):
            await trial.live(Script(rounds=20, limit=trial.rng.choice(_LIMITS), serve=True))
    finally:
        restarting.cancel()
        await asyncio.gather(restarting, return_exceptions=True)
    await trial.world.restart("mqtt")


async def mixed(trial: Trial) -> None:
    """All at once: a life in which services stumble, calls fail, the clock jumps, and SIGKILL comes at last."""
    await stumbling(trial, one_in=12, spoils=tuple(Spoil))
    for _ in range(3 + trial.books):
        how = trial.rng.choice(list(_CALLS))
        calls = (CallFault(trial.rng.choice(_CALLS[how]), trial.rng.randint(1, 6), how),)
        jumps = {trial.rng.randint(1, 3): trial.rng.choice((7200.0, -5400.0, 90000.0))}
        script = Script(
            rounds=8,
            limit=trial.rng.choice(_LIMITS),
            kill=_line(trial.rng, Rooms.ACTING) if trial.rng.random() < 0.7 else None,
            rooms=Rooms.ACTING,
            calls=calls if trial.rng.random() < 0.6 else (),
            jumps=jumps if trial.rng.random() < 0.3 else None,
        )
        if await trial.live(script) == "settled":
            break
    await recovered(trial)


async def stumbling(trial: Trial, *, one_in: int, spoils: Sequence[Spoil]) -> None:
    """Let one request in so many go wrong, at each service."""
    for name in SPOILT:
        plan = {number: trial.rng.choice(spoils) for number in range(1, _MANY) if trial.rng.randrange(one_in) == 0}
        await trial.spoil(name, plan)


async def recovered(trial: Trial) -> None:
    """Let every service be well again; the session may have ended with an answer that held its next cookie."""
    for name in SPOILT:
        await trial.spoil(name, {})
    sessions.renew(trial)


def _line(rng: Random, rooms: Rooms) -> int:
    low, high = _LINES[rooms]
    return round(math.exp(rng.uniform(math.log(low), math.log(high))))


KINDS: Mapping[str, Kind] = {
    "mixed": Kind("all at once: answers, calls, clock and SIGKILL", mixed),
    "kill": Kind("SIGKILL at a random line of the daemon", partial(kills, rooms=Rooms.ALL)),
    "kill-acting": Kind(
        "SIGKILL at a random line that acts on files, services or database", partial(kills, rooms=Rooms.ACTING)
    ),
    "kill-real": Kind(
        "the same, with a real qbittorrent-nox", partial(kills, rooms=Rooms.ACTING), frozenset({"qbittorrent"})
    ),
    **{how.lower(): Kind(f"{how} from calls about files", partial(failing_calls, how=how)) for how in _CALLS},
    "full": Kind("a full disk (tmpfs), freed later", files.full_disk, root=True),
    "read-only": Kind("the library turns read-only", files.read_only, root=True),
    **{how: Kind(f"a download: {how}", partial(files.tampering, how=how)) for how in files.WAYS},
    **{
        spoil.value: Kind(f"answers {spoil.value}, of each of five services", partial(spoilt_answers, spoil=spoil))
        for spoil in Spoil
        if spoil is not Spoil.RESTART
    },
    "restart": Kind("each service restarted in the middle of a request", partial(spoilt_answers, spoil=Spoil.RESTART)),
    "broker": Kind("the MQTT broker restarted", restarted_broker, frozenset({"mqtt"})),
    "clock": Kind("the clock jumps by hours, both ways", clocks.jumps),
    "daylight": Kind("Europe/Berlin changes to and from summer time", clocks.daylight),
    "cookie": Kind("the tracker's cookie corrupted in the database", sessions.corrupted),
    "deleted": Kind("the tracker takes the cookie away in an answer", sessions.deleted),
    "locked": Kind("the database locked by another program", tables.locked, sqlite=True),
}
