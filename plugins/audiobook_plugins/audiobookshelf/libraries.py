"""Which libraries of the server are ours."""

from __future__ import annotations

from audiobook_daemon import Unavailable
from audiobook_plugins.audiobookshelf.client import Client
from audiobook_plugins.audiobookshelf.records import LibraryRecord


class Libraries:
    """Finds the configured library; without one all book libraries are read, but none can take new books."""

    def __init__(self, client: Client, wanted: str | None) -> None:
        self._client = client
        self._wanted = wanted

    async def all(self) -> list[LibraryRecord]:
        """Return every library whose books are ours; raises Unavailable with the names there are if there is none."""
        books = [library for library in await self._client.libraries() if library.mediaType == "book"]
        fitting = books if self._wanted is None else _named(books, self._wanted)
        if fitting:
            return fitting
        if self._wanted is None:
            raise Unavailable("Audiobookshelf has no book library that this API key may see.")
        raise Unavailable(f"Audiobookshelf has no book library {self._wanted!r}; there are: {_names(books)}.")

    async def one(self) -> LibraryRecord:
        """Return the library that takes new books; raises Unavailable if that could be several."""
        fitting = await self.all()
        if len(fitting) > 1:
            raise Unavailable(
                f"Audiobookshelf has several book libraries: {_names(fitting)}. They are all read, but new books need "
                "one of them: name it with `library`."
            )
        if not fitting[0].folders:
            raise Unavailable(f"The Audiobookshelf library {fitting[0].name!r} has no folder.")
        return fitting[0]


def _named(libraries: list[LibraryRecord], wanted: str) -> list[LibraryRecord]:
    by_id = [one for one in libraries if one.id == wanted]
    return by_id or [one for one in libraries if one.name.strip().casefold() == wanted.strip().casefold()]


def _names(libraries: list[LibraryRecord]) -> str:
    return ", ".join(repr(library.name) for library in libraries) or "none"
