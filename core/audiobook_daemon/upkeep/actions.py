"""The jobs as actions: one name each, the same for YAML, command line and MQTT."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from audiobook_daemon.actions import Actions, parameters_of
from audiobook_daemon.events import Event
from audiobook_daemon.store import BookChange
from audiobook_daemon.upkeep.auditing import Auditing
from audiobook_daemon.upkeep.completing import Completing
from audiobook_daemon.upkeep.correcting import Correcting
from audiobook_daemon.upkeep.corrections.edits import note_edits
from audiobook_daemon.upkeep.errands import Errands, Hears
from audiobook_daemon.upkeep.following import Following
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.news import News
from audiobook_daemon.upkeep.owning import Owning
from audiobook_daemon.upkeep.stating import Stating
from audiobook_daemon.upkeep.taking_stock import TakingStock
from audiobook_daemon.upkeep.trackers import Trackers
from audiobook_daemon.upkeep.updating import Updating

_OWNERS = (Correcting, Owning, Completing, Stating, Following, Auditing, News, TakingStock, Trackers, Updating)


class Upkeep:
    """Registers everything that looks after the books one owns."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._owners = tuple(owner(house) for owner in _OWNERS)
        self._errands = Errands()

    def register(self, actions: Actions) -> None:
        """Add the actions to the table."""
        for owner in self._owners:
            for name in owner.names:
                actions.add(name, getattr(owner, name))

    async def edited(self, changes: Sequence[BookChange]) -> None:
        """Keep what people have changed in a library from being corrected."""
        await note_edits(self._house, changes)

    def hear(self, event: Event) -> None:
        """Let the owners that listen do what an event asks of them."""
        for owner in self._owners:
            if isinstance(owner, Hears) and (work := owner.heard(event)):
                self._errands.begin(work)

    async def stop(self) -> None:
        """Let what was begun after events come to its end."""
        await self._errands.finish()


def declared() -> dict[str, type[BaseModel]]:
    """The argument models of all actions, known before there is a house to run them in."""
    return {name: parameters_of(name, getattr(owner, name)) for owner in _OWNERS for name in owner.names}
