"""Turns the lists of the account into wishes."""

from __future__ import annotations

from audiobook_daemon import Quota, Unavailable, Wish, lenient
from audiobook_plugins.hardcover import queries
from audiobook_plugins.hardcover.client import Client, Row
from audiobook_plugins.hardcover.config import HardcoverConfig
from audiobook_plugins.hardcover.describing import records
from audiobook_plugins.hardcover.statements import record_book
from audiobook_plugins.hardcover.values import date, whole

SHELF = "want-to-read"
_WALK = 200
"""How far down a list books are wished for; the quota takes the first that nobody owns."""


async def wishes(client: Client, source: str, config: HardcoverConfig) -> list[Wish]:
    """Wish for the books of every configured list, in the configured order."""
    found: list[Wish] = []
    for slug, count in config.lists.items():
        found += await _of_list(client, source, config, slug, count)
    return found


async def lengths(client: Client, config: HardcoverConfig) -> dict[str, int]:
    """How many books each configured list holds, as far as lists are walked."""
    return {slug: len(await _added(client, slug, "desc")) for slug in config.lists}


async def _of_list(client: Client, source: str, config: HardcoverConfig, slug: str, count: int) -> list[Wish]:
    added = await _added(client, slug, "desc" if config.order == "newest" else "asc")
    books = {record.id: record for record in await records(client, list(added))}
    return [
        Wish(
            record_book(books[number]),
            origin=source,
            languages=config.languages,
            quota=Quota(slug, count),
            rank=rank,
            note=f"on the list {slug} since {since}" if since else f"on the list {slug}",
        )
        for rank, (number, since) in enumerate(added.items(), start=1)
        if number in books
    ]


async def _added(client: Client, slug: str, order: str) -> dict[int, str | None]:
    """The books of a list in its order, and since when they stand there."""
    if slug == SHELF:
        rows = await client.rows(queries.WANTED, limit=_WALK, offset=0, order=order)
        listed = [row for one in rows for row in lenient.objects(one.get("user_books"))]
    else:
        listed = await client.rows(
            queries.LISTED, user=await _owner(client), slug=slug, limit=_WALK, offset=0, order=order
        )
    return {number: date(row.get("date_added")) for row in listed if (number := whole(row.get("book_id"))) is not None}


async def _owner(client: Client) -> int:
    number = whole((await owner(client)).get("id"))
    if number is None:
        raise Unavailable("Hardcover does not say whose token this is.")
    return number


async def owner(client: Client) -> Row:
    """The account of the token."""
    rows = await client.rows(queries.ME)
    return rows[0] if rows else {}
