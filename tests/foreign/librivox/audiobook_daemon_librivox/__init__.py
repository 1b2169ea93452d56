"""LibriVox as an indexer: public-domain recordings, fetched as torrents of the Internet Archive."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, Field, ValidationError

from audiobook_daemon import (
    Indexer,
    Plugin,
    PluginConfig,
    Query,
    Refused,
    Release,
    Torrent,
    Unavailable,
    hookimpl,
    read_torrent,
)


class LibriVoxConfig(PluginConfig):
    """Where the two sites are."""

    url: str = "https://librivox.org"
    archive: str = "https://archive.org"


class Author(BaseModel):
    first_name: str
    last_name: str


class Recording(BaseModel):
    title: str
    url_zip_file: str = Field(pattern=r"/download/[^/]+/[^/]+$")
    totaltimesecs: float
    authors: list[Author]


class Feed(BaseModel):
    books: list[Recording]


class LibriVox(Plugin[LibriVoxConfig], Indexer):
    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        url, params = f"{self.config.url}/api/feed/audiobooks", {"title": query.title, "format": "json"}
        answer = await self.context.http.request("GET", url, params=params)
        if answer.status == 404:  # this is how LibriVox says that it has nothing
            return []
        try:
            return [self._release(book) for book in Feed.model_validate_json(answer.check().body).books]
        except ValidationError as error:
            raise Unavailable("LibriVox sent something other than its list of books.") from error

    @hookimpl
    async def fetch(self, release: Release) -> Torrent:
        url = f"{self.config.archive}/download/{release.key}/{release.key}_archive.torrent"
        answer = await self.context.http.request("GET", url)
        if answer.status == 302:  # to the machine that holds it; redirects are never followed unasked
            answer = await self.context.http.request("GET", answer.headers.get("location", ""))
        if answer.status == 404:
            raise Refused(f"The Internet Archive has no torrent of {release.title!r}.", "gone")
        return read_torrent(answer.check().body)

    def _release(self, book: Recording) -> Release:
        return Release(
            source=self.context.name,
            key=book.url_zip_file.split("/")[-2],
            title=book.title,
            authors=tuple(f"{author.first_name} {author.last_name}" for author in book.authors),
            runtime=book.totaltimesecs,
            formats=("mp3",),
        )
