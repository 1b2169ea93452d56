"""Keeps the authors, their bibliographies and how complete they are."""

from __future__ import annotations

from audiobook_daemon.store.catalogue_tables import authors
from audiobook_daemon.store.catalogue_values import AuthorStanding
from audiobook_daemon.store.standings import Standings


class AuthorRecords(Standings[AuthorStanding]):
    """Keeps the authors, their bibliographies and how complete they are."""

    table = authors
    value = AuthorStanding

    async def favourites(self, least_owned: int = 2, limit: int = 50) -> tuple[AuthorStanding, ...]:
        """Return the authors with so many owned books or more, the most owned first."""
        found = await self.list(owned=least_owned, limit=1_000_000)
        return tuple(sorted(found, key=lambda author: (-author.owned, author.name))[:limit])
