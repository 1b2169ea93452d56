"""A household with a library of any size, and sources that say what a test wants."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.audiobookshelf.records import Item, new_id, now
from audiobook_daemon.demo.audiobookshelf.scan import describe
from audiobook_daemon.demo.audiobookshelf.stated import Stated
from audiobook_daemon.models import Facts, Outcome
from audiobook_daemon.store import BookRef, utc_now

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

Furnish = Callable[..., AbstractAsyncContextManager["Library"]]
_ORACLES = ("audio", "paper")


class Library:
    """A daemon at work over a played Audiobookshelf, with two oracles."""

    def __init__(self, household: Household, daemon: Daemon) -> None:
        self.household, self.daemon = household, daemon
        self.shelf = household.world.audiobookshelf.shelf
        self.shapes = household.world.audiobookshelf.library.shapes

    def oracle(self, name: str = "audio") -> Any:  # noqa: ANN401 - its class comes out of a file
        return self.daemon.host.instances[name].plugin

    def says(self, name: str, about: str, **fields: Any) -> None:  # noqa: ANN401
        """Let an oracle state this about a title."""
        stated = {"title": about, "authors": ("Ada Merrow",), **fields}
        self.oracle(name).records[about] = (Facts(name, **stated),)

    def put(self, title: str, **stated: Any) -> Item:  # noqa: ANN401
        """Put a book into the library, as if a scan had found it."""
        item = Item(new_id(), new_id(), str(len(self.shelf.items)), f"Ada Merrow/{title}", False, 1, 1, 1, now(), 2, 3)
        self.shelf.items[item.id] = item
        texts = {"title": title, **stated.pop("texts", {})}
        describe(self.shelf, item, Stated(**{"texts": texts, "authors": ["Ada Merrow"], **stated}))
        return item

    def frozen(self) -> dict[str, str]:
        """Every item as JSON, without the time of its change and the ids of authors and series, which are made anew."""
        return {key: json.dumps(_timeless(self.shapes.expanded(item))) for key, item in self.shelf.items.items()}

    async def do(self, action: str, **arguments: object) -> Outcome:
        """Run an action as a person would; it must end well."""
        run, outcome = await self.daemon.doors.do(action, arguments, "test")
        assert run.error is None
        assert outcome is not None
        return outcome

    async def book(self, item: Item) -> BookRef:
        (found,) = await self.daemon.database.attention.named(item.id)
        return found


def _timeless(shown: Mapping[str, Any]) -> dict[str, Any]:
    metadata = dict(shown["media"]["metadata"])
    for name in ("authors", "series"):
        metadata[name] = [{key: value for key, value in entry.items() if key != "id"} for entry in metadata[name]]
    return {**shown, "updatedAt": None, "media": {**shown["media"], "metadata": metadata}}


@pytest.fixture
def furnish(inhabit: Inhabit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Furnish:
    """Start a small household with two oracles in place of Google Books."""

    @asynccontextmanager
    async def start(metadata: str = "{}", *, clock: Callable[[], datetime] | None = None) -> AsyncIterator[Library]:
        plugins = tmp_path / "plugins"
        plugins.mkdir(mode=0o755)
        for name in _ORACLES:
            shutil.copy(Path(__file__).with_name("oracle.py"), plugins / f"{name}.py")
            (plugins / f"{name}.py").chmod(0o644)
        async with inhabit(1) as household:
            household.switch_off("google_books")
            # This library need not outlive its test, and writing it down after each edit takes most of the time.
            monkeypatch.setattr(household.world.audiobookshelf.library, "save", lambda: None)
            oracles = "".join(f"  {name}: {{}}\n" for name in _ORACLES)
            household.change("plugins:\n", f"plugin_folders: [{plugins}]\nmetadata: {metadata}\nplugins:\n{oracles}")
            async with Daemon.assembled(household.config, now=clock or utc_now) as daemon:
                await daemon.host.started()
                yield Library(household, daemon)

    return start
