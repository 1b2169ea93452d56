"""Wants whose instance is taken out of the configuration say so, and go on when it is back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.models import Want, WantState


class Clock:
    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def busy(world: DemoWorld, clock: Clock) -> AsyncIterator[Daemon]:
    switch_off(world, "prowlarr")  # it would have what mam has
    async with Daemon.assembled(world.config, now=clock) as daemon:
        await daemon.host.started()
        yield daemon


def switch_off(world: DemoWorld, name: str) -> None:
    text = world.config.read_text()
    world.config.write_text(text.replace(f"  {name}:\n", f"  {name}:\n    enabled: no\n"))


async def do(daemon: Daemon, *verbs: str) -> tuple[Want, ...]:
    for verb in verbs:
        run, _ = await daemon.doors.do(verb, {}, "cli")
        assert run.error is None
    return await daemon.database.wants.list()


async def go(daemon: Daemon, *stages: str) -> tuple[Want, ...]:
    """Let all wants go through some stages; downloads are watched until they have ended."""
    wants: tuple[Want, ...] = ()
    async with asyncio.timeout(60):
        for stage in stages:
            wants = await do(daemon, stage)
            while stage == "watch" and any(want.state is WantState.DOWNLOADING for want in wants):
                await asyncio.sleep(0.01)
                wants = await do(daemon, stage)
    return wants


@pytest.mark.parametrize(
    ("name", "before", "verb", "state", "code"),
    [
        ("mam", (), "choose", WantState.WANTED, "unavailable"),
        ("mam", ("choose",), "grab", WantState.WANTED, "source_gone"),
        ("qbittorrent", ("choose",), "grab", WantState.CHOSEN, "unavailable"),
        ("qbittorrent", ("choose", "grab"), "watch", WantState.CHOSEN, "grabbed"),
        ("audiobookshelf", ("choose", "grab", "watch", "verify"), "shelve", WantState.VERIFIED, "unavailable"),
    ],
)
async def test_a_want_says_what_it_misses(
    busy: Daemon,
    world: DemoWorld,
    clock: Clock,
    name: str,
    before: tuple[str, ...],
    verb: str,
    state: WantState,
    code: str,
) -> None:
    assert len(await do(busy, "gather")) == 3
    await go(busy, *before)
    text = world.config.read_text()
    switch_off(world, name)
    assert (await busy.reload()).startswith(f"instance {name} gone")
    for want in await do(busy, verb):
        assert (want.state, want.code) == (state, code)
        assert name in (want.reason or "")
        assert (want.faults, want.next_try is not None) == ((1, True) if code == "unavailable" else (0, False))
    world.config.write_text(text)
    await busy.reload()
    await busy.host.started()
    clock.ahead += timedelta(hours=1)
    wants = await go(busy, "choose", "grab", "watch", "verify", "shelve")
    assert {want.state for want in wants} == {WantState.SHELVED}, [want.reason for want in wants]


async def test_a_release_that_two_indexers_offer_needs_only_one_of_them(daemon: Daemon, world: DemoWorld) -> None:
    wants = await go(daemon, "gather", "choose")
    assert {want.release.source for want in wants if want.release} == {"mam"}
    switch_off(world, "mam")
    assert (await daemon.reload()).startswith("instance mam gone")
    wants = await go(daemon, "grab", "watch", "verify", "shelve")
    assert {want.state for want in wants} == {WantState.SHELVED}, [want.reason for want in wants]
    assert {want.release.source for want in wants if want.release} == {"prowlarr"}
    assert world.mam.downloads == {}
    assert sum(world.prowlarr.indexer("MyAnonamouse").downloads.values()) == len(wants)
