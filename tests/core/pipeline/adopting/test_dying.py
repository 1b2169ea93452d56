"""Whatever the daemon was writing when it died, what was brought is on its way once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import pytest

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline import NotPossible
from audiobook_daemon.store.connections import Connections

if TYPE_CHECKING:
    from tests.core.pipeline.adopting.person import Person
    from tests.core.pipeline.conftest import SmallWorld

T = TypeVar("T")
Work = Callable[[], Awaitable[object]]
Transaction = Callable[..., Awaitable[T]]
TITLES = (
    *("Amberfield", "Birchwood", "Cedarholm", "Dovecote", "Elmstead", "Fernhill", "Greenock", "Hazelmere", "Ivybridge"),
    *("Juniper", "Kestrel", "Larchmont", "Maplewood", "Northolt", "Oakhurst", "Primrose", "Quarrington", "Rowanlea"),
)


class Dead(BaseException):
    """The program has ended; nothing catches that."""


class Death:
    """Lets the program end at one writing to the database, before it happens or behind it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._write = Connections.write
        self._left: int | None = None
        self._behind = False
        death = self

        async def write(connections: Connections, work: Transaction[T]) -> T:
            death.strike(behind=False)
            done = await death._write(connections, work)
            death.strike(behind=True)
            return done

        patch.setattr(Connections, "write", write)

    def strike(self, *, behind: bool) -> None:
        if self._left is None or behind is not self._behind:
            return
        self._left -= 1
        if self._left < 0:
            self._left = None
            raise Dead

    async def during(self, work: Work, number: int, *, behind: bool) -> bool:
        """Do something, and die at its writing of this number; returns whether it came so far."""
        self._left, self._behind = number, behind
        try:
            await work()
        except (Dead, BaseExceptionGroup):
            return True
        finally:
            self._left = None
        return False


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
async def test_a_torrent_is_taken_in_once_wherever_it_ends(
    world: SmallWorld, person: Person, monkeypatch: pytest.MonkeyPatch, behind: bool
) -> None:
    death = Death(monkeypatch)
    died = 0
    for number in range(len(TITLES)):
        title = TITLES[number]
        place, info_hash = person.torrent(f"Jane Austen - {title}", {"01.mp3": 2000})

        async def bring(place: str = str(place), title: str = title) -> None:
            await person.adopting.add_torrent(place, title=title, author="Jane Austen")
            await person.tend()

        if not await death.during(bring, number, behind=behind):
            break
        died += 1
        with suppress(NotPossible):  # it is on its way already
            await bring()
        await person.tend()
        (want,) = await world.database.wants.by_download(info_hash)
        assert (want.state, want.client) == (WantState.DOWNLOADING, "qbittorrent")
    assert died > 3
    added = [torrent.info_hash for torrent in world.qbittorrent.asked["add"]]  # type: ignore[attr-defined]
    assert len(added) == len(set(added))


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
async def test_a_folder_is_taken_in_once_wherever_it_ends(
    world: SmallWorld, person: Person, monkeypatch: pytest.MonkeyPatch, behind: bool
) -> None:
    death = Death(monkeypatch)
    for number in range(len(TITLES)):
        title = TITLES[number]
        folder = person.has(f"Jane Austen/{title}", AudioTags(album=title, artist="Jane Austen"), parts=1)

        async def bring(folder: str = str(folder)) -> None:
            await person.adopting.adopt_folder(folder)
            await world.pipeline.verify()

        over = not await death.during(bring, number, behind=behind)
        await bring()
        await world.pipeline.shelve()
        (want,) = [want for want in await world.database.wants.list() if want.path == str(folder)]
        assert want.state is WantState.SHELVED, want.reason
        if over:
            break
    assert number >= 2
    assert len({want.folder for want in await world.database.wants.list()}) == number + 1
