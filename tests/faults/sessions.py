"""Faults of the tracker's session: what is stored of it is spoilt, or the site takes it away in passing."""

from __future__ import annotations

from tests.faults.script import Script
from tests.faults.trial import Trial

from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.mam.session import Session
from audiobook_daemon.store import Database

_SPOILT: tuple[object, ...] = ("deleted", "", 7, [], {"seed": None}, {"value": "\x00\n"}, {"seed": "x", "value": "y"})
_GARBLED = "garbled%2Bcookie"


async def corrupted(trial: Trial) -> None:
    """The row that holds the cookie is damaged; if the session is lost by that, a person makes a new one."""
    for _ in range(2 + trial.books // 2):
        await trial.live(Script(rounds=1, limit=1))
        await _damage(trial)
        if await trial.live(Script(rounds=2, limit=1)) == "settled":
            break
        renew(trial)


async def deleted(trial: Trial) -> None:
    """Some answers come with 403 and a cookie that says `deleted`; the session itself goes on."""
    for _ in range(5):
        for _ in range(2):
            trial.world.mam.faults.next(Fault.SESSION_DELETED, 1)
            trial.record.add("cookie deleted", "MyAnonamouse")
        if await trial.live(Script(rounds=3, limit=trial.rng.choice((1, 2)))) == "settled":
            break
    trial.world.mam.faults.clear()
    renew(trial)


async def _damage(trial: Trial) -> None:
    async with Database.open(trial.address) as database:
        memory = database.memory("mam")
        before = await memory.get("session")
        choices = [*_SPOILT, *([{**before, "value": _GARBLED}] if isinstance(before, dict) else [])]
        value = trial.rng.choice(choices)
        trial.record.add("cookie corrupted", type(value).__name__)
        await memory.put("session", value)


def renew(trial: Trial) -> None:
    """A person makes a new session at the site: that of the configuration, as good as new."""
    secrets = trial.world.config.with_name("secrets.yaml").read_text(encoding="utf-8")
    seed = secrets.partition('mam_session: "')[2].partition('"')[0]
    trial.world.mam.session = Session(seed, grace=True)
