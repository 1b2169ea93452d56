"""Lets people keep releases from being taken, and allow them again."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.actions.kinds import Id, Name, Sentence
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.people import NotPossible, UnknownWant
from audiobook_daemon.pipeline.world import World

BY_PERSON = "blocked_by_person"


class Blocking:
    """The commands for the list of what must not be taken."""

    names: ClassVar[tuple[str, ...]] = ("block", "unblock")
    """The methods that are actions."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def block(
        self, source: Name, key: Name, want: Id | None = None, reason: Sentence = "A person blocked it."
    ) -> Outcome:
        """Never take a release, named by the instance that offers it and its key there: for one want, or for all."""
        if want is not None and await self._world.database.wants.get(want) is None:
            raise UnknownWant(f"There is no want {want}; `audiobook-daemon wants` lists them.")
        await self._world.database.blocklist.add(want, source, key, None, BY_PERSON, reason)
        whom = "every book" if want is None else f"want {want}"
        return Outcome(f"{source} {key} is never taken for {whom}.", 1, 1)

    async def unblock(self, entry: Id) -> Outcome:
        """Allow a release again, by the number of its entry on the blocklist."""
        found = await self._world.database.blocklist.get(entry)
        if found is None or not await self._world.database.blocklist.remove(entry):
            raise NotPossible(f"There is no entry {entry} on the blocklist.")
        return Outcome(f"{found.source} {found.key} may be taken again.", 1, 1, data={"id": entry})
