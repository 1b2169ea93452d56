"""Brings a download that a person has found: a magnet link, or a link to a .torrent file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import Outcome
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.api.downloads import entry_of, told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import BadRequest, Conflict, NotFound
from audiobook_daemon.web.told.downloads import DownloadTold
from audiobook_daemon.web.words import Title, Word

operations = Operations("downloads", "/downloads")
Magnet = Annotated[str, Field(max_length=20_000, pattern=r"^magnet:\?[^\x00]+$")]
Link = Annotated[str, Field(max_length=4_000, pattern=r"^https?://[^\x00\s]+$")]


class BringAsked(Asked):
    """A torrent, and which book it is."""

    magnet_link: Magnet | None = None
    torrent_url: Link | None = None
    """A link to the .torrent file, at a public address or at an indexer of the configuration."""
    want_id: Id | None = None
    """The want it is for."""
    missing_book_id: Id | None = None
    """The missing book of a series or author that it is; counts before the rest."""
    book_id: Id | None = None
    """The known book it is a recording of."""
    title: Title | None = None
    """The book's title; without any of these it is read from the torrent, and refused if that is not certain."""
    author: Title | None = None
    source: Word | None = None
    """Where it is from, for the history."""


@operations.add(
    "POST",
    "",
    number=32,
    scope=Scope.ACT,
    status=201,
    errors=(404, 409),
    example={
        "title": "Emma",
        "author": "Jane Austen",
        "source": "Manual",
        "magnet_link": f"magnet:?xt=urn:btih:{'0123456789' * 4}",
    },
)
async def add_download(desk: Desk, asked: BringAsked) -> DownloadTold:
    """Bring a torrent for a book; it goes through the same checks as one that the daemon finds."""
    link = asked.torrent_url or asked.magnet_link
    if link is None:
        raise BadRequest("A download needs a `magnet_link` or a `torrent_url`.")
    naming = await _naming(desk, asked)
    number = _want_of(await desk.act("add_torrent", torrent=link, found_at=asked.source, **naming))
    return await told(desk, await entry_of(desk, number))


async def _naming(desk: Desk, asked: BringAsked) -> dict[str, object]:
    if asked.missing_book_id is not None:
        return {"want": await _want_of_gap(desk, asked.missing_book_id)}
    if asked.want_id is not None:
        return {"want": (await desk.doors.show_want(asked.want_id)).id}
    if asked.book_id is not None:
        return await _of_book(desk, asked.book_id)
    return {"title": asked.title, "author": asked.author}


async def _want_of_gap(desk: Desk, gap_id: int) -> int:
    if await desk.database.gaps.get(gap_id) is None:
        raise NotFound(f"There is no missing book {gap_id}.")
    data = (await desk.doors.command("want_gap", {"gap": gap_id})).data
    assert isinstance(data, dict)
    return int(data["want"])


async def _of_book(desk: Desk, book_id: int) -> dict[str, object]:
    found = await desk.database.attention.get(book_id)
    item = await desk.database.books.get(found.library, found.item) if found else None
    if item is None:
        raise NotFound(f"There is no book {book_id}.")
    authors = item.book.authors
    return {"title": item.book.title, "author": authors[0] if authors else None}


def _want_of(outcome: Outcome) -> int:
    data = outcome.data
    if not isinstance(data, dict) or "id" not in data:
        raise Conflict(f"Nothing is downloaded while the daemon rehearses (`dry_run: yes`). {outcome.summary}")
    return int(data["id"])
