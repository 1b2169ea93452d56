"""The stages as actions: one name each, the same for YAML, command line and MQTT."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import timedelta

from pydantic import BaseModel

from audiobook_daemon.actions import Actions, parameters_of
from audiobook_daemon.actions.kinds import Days, Id, Limit, Names
from audiobook_daemon.models import Outcome, Want, WantState
from audiobook_daemon.pipeline.adopting import Adopting
from audiobook_daemon.pipeline.blocking import Blocking
from audiobook_daemon.pipeline.choose import choose_release, let_go_on
from audiobook_daemon.pipeline.engine import run_stage
from audiobook_daemon.pipeline.gather import gather
from audiobook_daemon.pipeline.grab import grab_release
from audiobook_daemon.pipeline.kept_torrents import forget_torrents
from audiobook_daemon.pipeline.people import People
from audiobook_daemon.pipeline.preview import preview
from audiobook_daemon.pipeline.queueing import Queueing
from audiobook_daemon.pipeline.rehearse import rehearse
from audiobook_daemon.pipeline.replay import Change, Replayed, replay, summary
from audiobook_daemon.pipeline.returning.actions import Returning
from audiobook_daemon.pipeline.returning.replacing import settle_editions
from audiobook_daemon.pipeline.shelve import shelve_book
from audiobook_daemon.pipeline.sweeping import sweep
from audiobook_daemon.pipeline.sync import sync
from audiobook_daemon.pipeline.verify import verify_download
from audiobook_daemon.pipeline.watch import watch
from audiobook_daemon.pipeline.world import World


class Pipeline:
    """Registers everything that moves books; a stage never runs twice at the same time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._locks = {name: asyncio.Lock() for name in ("gather", "choose", "grab", "watch", "verify", "shelve")}

    def register(self, actions: Actions) -> None:
        """Add the actions to the table."""
        others = tuple(owner(self._world) for owner in (People, Queueing, Blocking, Returning, Adopting))
        owners: dict[type, object] = {Pipeline: self, **{type(owner): owner for owner in others}}
        for owner, names in _TABLE.items():
            for name in names:
                actions.add(name, getattr(owners[owner], name))

    async def gather(self, only: Names | None = None, without: Names | None = None, dry_run: bool = False) -> Outcome:
        """Ask the import lists (`only` some of them, or all `without` some) for wishes and want what is new."""
        async with self._locks["gather"]:
            return await gather(self._world, only or (), without or (), dry_run=self._dry(dry_run))

    async def choose(self, limit: Limit = 20, dry_run: bool = False) -> Outcome:
        """Find a release for up to `limit` wanted books."""
        if self._dry(dry_run):
            return await rehearse(self._world, limit)
        async with self._locks["choose"]:
            await let_go_on(self._world)
            return await run_stage(self._world, WantState.WANTED, choose_release, limit=limit, verb="choose")

    async def grab(self, limit: Limit = 20, dry_run: bool = False) -> Outcome:
        """Hand up to `limit` chosen releases to the download client."""
        if self._dry(dry_run):
            return await self._would(WantState.CHOSEN, limit, "grab")
        async with self._locks["grab"]:
            return await run_stage(self._world, WantState.CHOSEN, grab_release, limit=limit, verb="grab")

    async def watch(self, limit: Limit = 1000) -> Outcome:
        """Look how the downloads stand."""
        if self._dry(asked=False):
            return await self._would(WantState.DOWNLOADING, limit, "watch")
        async with self._locks["watch"]:
            outcome = await watch(self._world, limit)
            await forget_torrents(self._world)
            return outcome

    async def verify(self, limit: Limit = 100) -> Outcome:
        """Check up to `limit` finished downloads."""
        if self._dry(asked=False):
            return await self._would(WantState.DOWNLOADED, limit, "verify")
        async with self._locks["verify"]:
            stage = verify_download
            return await run_stage(self._world, WantState.DOWNLOADED, stage, limit=limit, together=2, verb="verify")

    async def shelve(self, limit: Limit = 100, dry_run: bool = False) -> Outcome:
        """Place up to `limit` verified books in the library."""
        if self._dry(dry_run):
            return await preview(self._world, limit)
        async with self._locks["shelve"]:
            await sweep(self._world)
            stage = shelve_book
            outcome = await run_stage(self._world, WantState.VERIFIED, stage, limit=limit, together=8, verb="shelve")
            await settle_editions(self._world)
            return outcome

    async def replay(self, want: Id | None = None, since: Days | None = None) -> Outcome:
        """Show what the present rules would change about past choices (of one want, or of the last days); acts never.

        For one want all its decisions are told, else the newest of each that would change.
        """
        moment = None if since is None else self._world.now() - timedelta(days=since)
        rules = self._world.settings.rules
        found = [one async for one in replay(self._world.database, rules, want=want, since=moment)]
        changed = [one for one in found if want is not None or one.change is not Change.SAME]
        return Outcome(summary(found), len(found), data=[_plain(one) for one in changed])

    async def sync(self, accept_loss: bool = False) -> Outcome:
        """Read what the libraries hold; `accept_loss` if many books are really gone at once."""
        return await sync(self._world, accept_loss=accept_loss)

    def _dry(self, asked: bool) -> bool:
        return asked or self._world.settings.dry_run

    async def _would(self, state: WantState, limit: int, verb: str) -> Outcome:
        due = await self._world.database.wants.due(state, self._world.now(), limit)
        titles = [_line(want) for want in due]
        return Outcome(f"{verb}: would {verb} {len(due)} books.", processed=len(due), data=titles)


def _line(want: Want) -> dict[str, object]:
    return {"id": want.id, "title": want.wish.book.title, "release": want.release.title if want.release else None}


def _plain(one: Replayed) -> dict[str, object]:
    return asdict(one) | {"at": one.at.isoformat() if one.at else None, "change": one.change.value}


_TABLE: dict[type, tuple[str, ...]] = {
    Pipeline: ("gather", "choose", "grab", "watch", "verify", "shelve", "replay", "sync"),
    People: ("want", "accept", "reject", "give_up", "drop", "revive", "search_again"),
    Queueing: Queueing.names,
    Blocking: Blocking.names,
    Returning: Returning.names,
    Adopting: Adopting.names,
}


def declared() -> dict[str, type[BaseModel]]:
    """The argument models of all actions, known before there is a world to run them in; for checking job files."""
    return {name: parameters_of(name, getattr(owner, name)) for owner, names in _TABLE.items() for name in names}
