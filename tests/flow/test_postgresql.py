"""The whole daemon with a PostgreSQL database: all it can do, and a server that goes away and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
from tests.postgresql.databases import TEMPLATE, create
from tests.postgresql.server import PostgresServer

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import WantState
from audiobook_daemon.store import Database

if TYPE_CHECKING:
    from tests.conftest import RunDaemon
    from tests.flow.conftest import Household, Inhabit

STAGES = ("choose", "grab", "watch", "verify", "shelve")


@pytest.fixture
def server(postgresql: object) -> Iterator[PostgresServer]:
    """A server of our own, which may be stopped."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
async def household(inhabit: Inhabit, server: PostgresServer) -> AsyncIterator[Household]:
    await create(server.folder, TEMPLATE)
    async with inhabit(4, database=server.address(TEMPLATE)) as household:
        yield household


async def shelve_all(household: Household, daemon: Daemon) -> None:
    async with asyncio.timeout(120):
        while (await daemon.database.wants.counts())[WantState.SHELVED] < len(household.books):
            for stage in STAGES:
                run, _ = await daemon.doors.do(stage, {}, "test")
                assert run.error is None


async def test_every_action_finds_its_way_through_this_database(inhabit: Inhabit, postgresql_database: str) -> None:
    async with (
        inhabit(4, database=postgresql_database) as household,
        Daemon.assembled(household.config) as daemon,
    ):
        await daemon.host.started()
        for name in ("gather", "sync"):
            await daemon.doors.do(name, {}, "test")
        await shelve_all(household, daemon)
        for action in sorted(daemon.actions, key=lambda one: one.name):
            needed = [name for name, field in action.parameters.model_fields.items() if field.is_required()]
            if not needed and action.name not in STAGES:
                run, _ = await daemon.doors.do(action.name, {}, "test")
                told = run.error or ""
                assert "Error:" not in told, f"{action.name}: {told}"
                assert "cannot be used" not in told, f"{action.name}: {told}"
        again, _ = await daemon.doors.do("sync", {}, "test")
        assert "nothing new" in (again.summary or ""), "what was written is read as it was"
    await household.check_shelved_once()


async def test_a_server_that_is_restarted_under_way_costs_nothing(
    household: Household, server: PostgresServer, run_daemon: RunDaemon
) -> None:
    async with run_daemon(household.config) as daemon, AsyncExitStack() as stack:
        await daemon.ask(action="gather")
        await daemon.ask(action="choose")
        for stage in STAGES[1:]:
            asking = asyncio.create_task(daemon.ask(action=stage))
            await asyncio.to_thread(server.stop)
            await asyncio.gather(asking, return_exceptions=True)
            with pytest.raises(AudiobookDaemonError, match=f"The database .*{TEMPLATE}|The lock on the database"):
                await daemon.ask(action=stage)
            before = len(daemon.log)
            await asyncio.to_thread(server.start)
            await daemon.said("answers again, and no other daemon has used it meanwhile", after=before)
        database = await stack.enter_async_context(Database.open(household.database, exclusive=False))
        async with asyncio.timeout(120):
            while (await database.wants.counts())[WantState.SHELVED] < len(household.books):
                for stage in STAGES:
                    await daemon.ask(action=stage)
        await household.check_shelved_once()
        assert await daemon.stop() == 0
        assert "Traceback" not in "\n".join(daemon.log)
